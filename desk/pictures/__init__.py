"""Pictures that staff bring: made anew from their pixels, put beside a notice's text or into the settings as the logo."""
