--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: ledger_is_append_only(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.ledger_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN RAISE EXCEPTION 'the table % is only ever added to', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation'; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: action; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.action (
    id bigint NOT NULL,
    seq bigint NOT NULL,
    what text NOT NULL,
    recorded_by text NOT NULL,
    happened text NOT NULL,
    made text NOT NULL
);


--
-- Name: action_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: action_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.action_id_seq OWNED BY public.action.id;


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: api_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_key (
    key_id text NOT NULL,
    hash bytea NOT NULL,
    name text NOT NULL,
    made text NOT NULL,
    revoked text
);


--
-- Name: earlier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.earlier (
    digest text NOT NULL,
    wording bytea NOT NULL,
    made text NOT NULL
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    seq bigint NOT NULL,
    v integer NOT NULL,
    event_id text NOT NULL,
    kind text NOT NULL,
    notice text,
    version integer,
    language text,
    digest text,
    consent text,
    subject text,
    prior text,
    channel text,
    recorded_by text,
    acting_for text,
    detail_commit text,
    happened text NOT NULL,
    at text NOT NULL
);


--
-- Name: idempotency; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency (
    key bytea NOT NULL,
    body bytea NOT NULL,
    receipt_id bytea NOT NULL,
    made text NOT NULL
);


--
-- Name: link; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link (
    seq bigint NOT NULL,
    purpose text NOT NULL,
    used text NOT NULL
);


--
-- Name: node; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.node (
    "position" bigint NOT NULL,
    hash bytea NOT NULL
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    kind text NOT NULL,
    seq bigint NOT NULL,
    made text NOT NULL,
    sent text,
    due text DEFAULT ''::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    given_up text
);


--
-- Name: outbox_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: outbox_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;


--
-- Name: receipt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.receipt (
    receipt_id bytea NOT NULL,
    reference text NOT NULL,
    subject text NOT NULL,
    notice text NOT NULL,
    made text NOT NULL
);


--
-- Name: subject; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.subject (
    subject text NOT NULL,
    row_key bytea NOT NULL,
    sealed bytea NOT NULL,
    lookup bytea,
    confirmed boolean NOT NULL,
    made text NOT NULL,
    quiet boolean DEFAULT false NOT NULL
);


--
-- Name: action id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.action ALTER COLUMN id SET DEFAULT nextval('public.action_id_seq'::regclass);


--
-- Name: outbox id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);


--
-- Data for Name: action; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.action VALUES (1, 25, 'We took the number off the list.', 'officer 12', '2026-10-14T10:30:00.000Z', '2026-10-14T12:00:00.000Z');


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0002');


--
-- Data for Name: api_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_key VALUES ('df3afddc', '\xf7a1b0dfa3723f29ec117fd99d65682ea52f79c01ba30c618cea0ac19d38aba2', 'Case system', '2026-10-14T11:00:00.000Z', NULL);
INSERT INTO public.api_key VALUES ('aadc8e4a', '\x89adea5e63ea1a9c553aedcaeb4682194673343eb06cac36c9551eaa5297e68d', 'Old one', '2026-10-14T11:00:00.000Z', '2026-10-14T11:05:00.000Z');


--
-- Data for Name: earlier; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.earlier VALUES ('4a92fa0dc18c7ea58868321ea758432557d86b58575c22f22425ea88c39759bb', '\x486f6c6964617920736368656d6520323031390a0a5b205d204920616d20686170707920666f72206d79206368696c6420746f20626520696e2070686f746f7320696e20746865206c6561666c65742e0a', '2026-10-14T11:20:00.000Z');


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES (1, 1, '01a11597-4e80-7edf-979f-258044f87cb9', 'notice-published', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (2, 1, '01a11597-4e80-7c74-ad0a-2a564e19f968', 'notice-published', 'family-hubs', 2, 'en', 'fb7e106632341245ee06540027f666e331a96db132f66a83f9b1fb1a288d858f', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (3, 1, '01a11597-4e80-745b-af7c-479ce29eb4ae', 'notice-published', 'family-hubs', 3, 'cy', '93005406dc0f5380d6bd6310c81e26833a8daf034059e15b3ef4ec4e87465a45', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (4, 1, '01a11597-4e80-737d-b5c1-1fa7113310c4', 'notice-published', 'family-hubs', 3, 'en', '1001294b8fdbbab14680d486218f19ff967dd2102c286aa7d0bcb3621cd03fbb', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (5, 1, '01a11597-4e80-7532-8c5e-64a0c28ff246', 'notice-published', 'holiday-clubs', 1, 'en', 'b02b6ea31d49e3833c208e62969327a996d0980cf9dee8591e6a63e2363ab4c0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (6, 1, '01a11597-4e80-7b66-b617-156b4b654970', 'notice-published', 'primary', 1, 'en', '5391f3453259181d0c00b019a71088714fe8c254d547049dd6aba78ee0ba1e64', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (7, 1, '01a11597-4e80-7436-b8d2-310ea446dfea', 'notice-published', 'primary', 2, 'cy', '9fd918bc2ed7b23441b8faf8ac3e2d6ea30152d25c2aa1f0077f745df48136ec', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (8, 1, '01a11597-4e80-75c2-b1b4-08e9b14372c2', 'notice-published', 'primary', 2, 'en', '82877b4d04705ef2589357f0446459c0da9d34757bef4fa1da271d2f8666f804', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (9, 1, '01a11597-4e80-7eb2-824c-7cac620ea256', 'given', 'holiday-clubs', 1, 'en', 'b02b6ea31d49e3833c208e62969327a996d0980cf9dee8591e6a63e2363ab4c0', 'photos', '27d1ce447b3adee9f119980a694c9c4a', NULL, 'web', NULL, 'child', NULL, '2026-10-07T09:00:00.000Z', '2026-10-07T09:00:00.000Z');
INSERT INTO public.event VALUES (10, 1, '01a139a3-d280-7141-9f17-990804968550', 'notice-published', 'holiday-clubs', 2, 'cy', '6ed7e19ce253ed52108de563ef782bd428f52fe7607406394857e6d7d064fe5d', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (11, 1, '01a139a3-d280-7bd9-a0db-c344e064e842', 'notice-published', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (12, 1, '01a139a3-d280-7eb3-8c00-177931edb41d', 'given', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', 'news', '3375c54ea9da724314b285044aee76da', NULL, 'web', NULL, 'self', 'c1f924f834cfea6d2bcdfe3dee127e9dd9c6476017bfa0f1d199532ea25b9785', '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (13, 1, '01a139a3-d280-7b85-8e77-1133bb12568b', 'refused', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', 'photos', '3375c54ea9da724314b285044aee76da', NULL, 'web', NULL, 'self', 'c1f924f834cfea6d2bcdfe3dee127e9dd9c6476017bfa0f1d199532ea25b9785', '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (14, 1, '01a139a3-d280-7da2-85c1-f8d5592016fa', 'given', 'holiday-clubs', 2, 'cy', '6ed7e19ce253ed52108de563ef782bd428f52fe7607406394857e6d7d064fe5d', 'photos', '951018983dfc9956b1baf6160f5ba6e2', NULL, 'web', NULL, 'child', '55cbe778f05b3586fb51cbbdaba5033e9dfc91b2bd99833192cf40fa2ca24161', '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (15, 1, '01a139a3-d280-757a-b3ea-b750c58a9e89', 'given', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', 'photos', '6e665a5a88d82c04827b954997954df0', NULL, 'web', NULL, 'child', '1f07ef5eaa56dcfadf8df7b96bbbc9626911dbce9c9294fe0f7e5324d5076295', '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (16, 1, '01a139a3-d280-751c-b608-a13c270fbfa5', 'given', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', 'photos', '8d87885d7bc1490e660facba84ba0136', NULL, 'web', NULL, 'self', 'a3df3f6587b8b1ed7dccc2fbacdcb68f857151d0d913c0ba2b5d74bdc1ca33db', '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (17, 1, '01a139a3-d280-7223-8778-d11ba2df62d2', 'given', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', 'news', '8d02dc0cb5f52b66e539719aa739cb3d', NULL, 'web', NULL, 'self', '5b0d1bcd7399e1ff5ef13a9c12496f20a2fa47e0c3c883f56aa6d5c9fec947c8', '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (18, 1, '01a139a3-d280-7445-847e-5057e51d0ffe', 'given', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', '3105273b7c9e1ca85bb481b0ece0bd6a', NULL, 'web', NULL, 'self', '7b57ac796a6717ccb9ca10ff33e4e753b9e3f533926b149501d1d99d32e5179f', '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (19, 1, '01a139a3-d280-7c2e-8ada-08dbe34bb6ce', 'given', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', 'ca2e879a16375982cb64a8ea39dd8dfd', NULL, 'web', NULL, 'self', NULL, '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (20, 1, '01a139a3-d280-7e81-81f5-a25b1239491a', 'refused', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', 'e4dbd69e55a0730ed4a279c66306b278', NULL, 'web', NULL, 'self', NULL, '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (21, 1, '01a139a3-d280-7acb-9965-8972d104ea6f', 'given', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', '4d65ac8e877c5118034f850734611209', NULL, 'web', NULL, 'self', NULL, '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (22, 1, '01a139a3-d280-7304-a4c6-e161a573fdb7', 'withdrawn', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', '4d65ac8e877c5118034f850734611209', '01a139a3-d280-7acb-9965-8972d104ea6f', 'web', NULL, 'self', NULL, '2026-10-14T09:00:00.000Z', '2026-10-14T09:00:00.000Z');
INSERT INTO public.event VALUES (23, 1, '01a139f6-3840-7fa1-922b-9cfd28e942e2', 'withdrawn', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', 'ca2e879a16375982cb64a8ea39dd8dfd', '01a139a3-d280-7c2e-8ada-08dbe34bb6ce', 'web', NULL, 'self', NULL, '2026-10-14T10:30:00.000Z', '2026-10-14T10:30:00.000Z');
INSERT INTO public.event VALUES (24, 1, '01a139f6-3840-7ecc-aba9-18021fe6e12e', 'withdrawal-requested', NULL, NULL, 'en', NULL, NULL, '0ba6d66f80182cce343d589454468b41', NULL, 'web', NULL, NULL, 'd0e6d4c12b4bb3e5a30c1c69ae7d9583d21f6e6d026b9f54dd4f5d9a1b11035a', '2026-10-14T10:30:00.000Z', '2026-10-14T10:30:00.000Z');
INSERT INTO public.event VALUES (25, 1, '01a139f6-3840-72ae-af91-f97b8ae5312a', 'withdrawal-requested', 'family-hubs', NULL, 'en', NULL, NULL, '520b5d13526b67390f5537fb89b66295', NULL, 'web', NULL, 'child', 'a62f522d52584c87c510f31284bb1df6dfff27c489ea97e7eac1d04938dc4961', '2026-10-14T10:30:00.000Z', '2026-10-14T10:30:00.000Z');
INSERT INTO public.event VALUES (26, 1, '01a13a03-f3e0-79f9-ae1e-400361457e26', 'withdrawn', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', '3105273b7c9e1ca85bb481b0ece0bd6a', '01a139a3-d280-7445-847e-5057e51d0ffe', 'web', NULL, 'self', NULL, '2026-10-14T10:45:00.000Z', '2026-10-14T10:45:00.000Z');
INSERT INTO public.event VALUES (27, 1, '01a13a1a-d740-7a1d-8d2f-3ac2abcbec10', 'given', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', 'e9e09ca53c09291155fa0da80323c107', NULL, 'phone', 'officer 12', 'self', 'babb39022340f941f38d36a1d64f522786c8da791685c3125f410b310892f6e7', '2026-10-13T14:20:00.000Z', '2026-10-14T11:10:00.000Z');
INSERT INTO public.event VALUES (28, 1, '01a13a23-ff00-7f61-b482-50d4e9c2c10a', 'given', 'holiday-clubs', NULL, 'en', '4a92fa0dc18c7ea58868321ea758432557d86b58575c22f22425ea88c39759bb', 'photos', '0ee0607a3733cb37fedaaa5d884c6aed', NULL, 'post', 'officer 12', 'child', '0677b1e168ed3ae3a38f69e6dcb83870279681999832d6145fa95183f9f17a96', '2019-06-02T23:00:00.000Z', '2026-10-14T11:20:00.000Z');
INSERT INTO public.event VALUES (29, 1, '01a13ab6-7b00-7ece-a6d7-45d50b156124', 'withdrawn', 'family-hubs', 1, 'en', '21c217b86ef61cbe881f7cfc5cfaa5a5e3fde159f789d0115608c2a857afbaf4', 'service-news', 'e9e09ca53c09291155fa0da80323c107', '01a13a1a-d740-7a1d-8d2f-3ac2abcbec10', 'phone', 'officer 12', 'self', NULL, '2026-10-14T13:30:00.000Z', '2026-10-14T14:00:00.000Z');
INSERT INTO public.event VALUES (30, 1, '01a1aab8-cc00-7435-bf27-439501d46839', 'notice-published', 'holiday-clubs', 3, 'cy', '328db0bc7dc64e2a54ad38d6c99125739f59b34dc4f70f99d1a9065386de75ca', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-05T08:00:00.000Z', '2026-11-05T08:00:00.000Z');
INSERT INTO public.event VALUES (31, 1, '01a1aab8-cc00-7f9f-af4b-87513fe3419a', 'notice-published', 'holiday-clubs', 3, 'en', '146497d7a1aeff4beb98140707a7c9b1f699d110c06d50f9437abebdf9bef9e0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-05T08:00:00.000Z', '2026-11-05T08:00:00.000Z');
INSERT INTO public.event VALUES (32, 1, '01a1aaef-ba80-7a5b-97da-d40cfd33dd1a', 'renewed', 'holiday-clubs', 3, 'en', '146497d7a1aeff4beb98140707a7c9b1f699d110c06d50f9437abebdf9bef9e0', 'photos', '6e665a5a88d82c04827b954997954df0', '01a139a3-d280-757a-b3ea-b750c58a9e89', 'web', NULL, 'child', NULL, '2026-11-05T09:00:00.000Z', '2026-11-05T09:00:00.000Z');
INSERT INTO public.event VALUES (33, 1, '01a1ab26-a900-7fd6-bf3e-fdc9a7ed668f', 'withdrawn', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', 'news', '8d02dc0cb5f52b66e539719aa739cb3d', '01a139a3-d280-7223-8778-d11ba2df62d2', 'staff', 'DPO', 'self', NULL, '2026-11-05T10:00:00.000Z', '2026-11-05T10:00:00.000Z');
INSERT INTO public.event VALUES (34, 1, '01a1ab26-a900-7ee7-8407-0c9c47f56845', 'erased', NULL, NULL, NULL, NULL, NULL, '8d02dc0cb5f52b66e539719aa739cb3d', NULL, 'staff', 'DPO', NULL, NULL, '2026-11-05T10:00:00.000Z', '2026-11-05T10:00:00.000Z');
INSERT INTO public.event VALUES (35, 1, '01a1f866-0d00-7eef-9079-9e54fff0d71e', 'notice-published', 'holiday-clubs', 4, 'cy', 'f004234970dabf289e56ab3d40178a76d010659ae884d5a579df2e175c939736', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z');
INSERT INTO public.event VALUES (36, 1, '01a1f866-0d00-71f6-af39-ed2d9f7682f1', 'notice-published', 'holiday-clubs', 4, 'en', '703e64703082754e848dbae33cdb12186f11704e912832ded5fad8bbe89eab34', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z');
INSERT INTO public.event VALUES (37, 1, '01a1f866-0d00-74bf-a28b-8e28abdf702e', 'given', 'family-hubs', 2, 'en', 'fb7e106632341245ee06540027f666e331a96db132f66a83f9b1fb1a288d858f', 'service-news', 'b19c47a2d91caf5d6c4062bace050446', NULL, 'web', NULL, 'self', '6add2b9349a19831ab1055d456a3071fdc41d750ffae654bec16d49f50672801', '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z');
INSERT INTO public.event VALUES (38, 1, '01a1f866-0d00-72b1-a317-87700050f5ff', 'given', 'holiday-clubs', 3, 'en', '146497d7a1aeff4beb98140707a7c9b1f699d110c06d50f9437abebdf9bef9e0', 'news', 'd791b727bfd701adff4755fb4cedfadd', NULL, 'web', NULL, 'self', '3361a664017343c5b728f5acc1786dd6061662a35bb792224b2108b85e4e12ee', '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z');
INSERT INTO public.event VALUES (39, 1, '01a1f866-0d00-7a23-bd82-8cfe8c4c8e5c', 'given', 'holiday-clubs', 3, 'en', '146497d7a1aeff4beb98140707a7c9b1f699d110c06d50f9437abebdf9bef9e0', 'photos', 'd791b727bfd701adff4755fb4cedfadd', NULL, 'web', NULL, 'self', '3361a664017343c5b728f5acc1786dd6061662a35bb792224b2108b85e4e12ee', '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z');
INSERT INTO public.event VALUES (40, 1, '01a1f86f-34c0-7c72-9c03-bd184ea58e46', 'withdrawal-requested', NULL, NULL, 'en', NULL, NULL, '18ce0096296ba0c37dca99bf35748eda', NULL, 'web', NULL, NULL, '2bc3514546fdffe5c416c9aff7cf63035b59e361a03c31422e3c488240416944', '2026-11-20T10:10:00.000Z', '2026-11-20T10:10:00.000Z');
INSERT INTO public.event VALUES (41, 1, '01a1f86f-34c0-7f5b-b4bb-75cdd27a5b7e', 'withdrawal-requested', 'holiday-clubs', NULL, 'cy', NULL, NULL, 'c02b9238830fc47ea6c1812fd8bd66b8', NULL, 'web', NULL, NULL, '7e1676870c904a0c2325fbd16e6cf8a28287785766e5408f61ca44175391747a', '2026-11-20T10:10:00.000Z', '2026-11-20T10:10:00.000Z');
INSERT INTO public.event VALUES (42, 1, '01a1f86f-34c0-7deb-a0c1-d4390f8c0ef2', 'withdrawal-requested', NULL, NULL, 'en', NULL, NULL, '67de8a9567fcb6a66d22b10b92a57111', NULL, 'web', NULL, NULL, '77631e10a49f42dfc14dc3bd5b5f68e05f4d1dd315c50061858a46f12d2b8b07', '2026-11-20T10:10:00.000Z', '2026-11-20T10:10:00.000Z');
INSERT INTO public.event VALUES (43, 1, '01a1f873-c8a0-78ac-9c40-f4acfb73d896', 'withdrawn', 'holiday-clubs', 2, 'en', '8aa87d9a65bdf7c32dca1b85528587830e6826ba4cb05174ca4461cd16ae4948', 'news', '3375c54ea9da724314b285044aee76da', '01a139a3-d280-7eb3-8c00-177931edb41d', 'web', NULL, 'self', NULL, '2026-11-20T10:15:00.000Z', '2026-11-20T10:15:00.000Z');
INSERT INTO public.event VALUES (44, 1, '01a1f878-5c80-74ca-a038-8afeb0324668', 'withdrawal-requested', NULL, NULL, 'en', NULL, NULL, '26ca271d6f0bff54bff6871088277dab', NULL, 'web', NULL, NULL, 'c10defca81618d76232534d88096e2f7d46fb19e545a2fee56994a592d8a0055', '2026-11-20T10:20:00.000Z', '2026-11-20T10:20:00.000Z');


--
-- Data for Name: idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.idempotency VALUES ('\x2e3b58ff0a71b74cbd340e13b9a1475648864797020757566af67d273e8ea40c', '\x821ff90b58bcc79dae25f418014a323f83c80780184cd23b7742fcec30cd639f', '\x2a2b4391fb88e9b84915b6aabe3199dd', '2026-10-14T09:00:00.000Z');
INSERT INTO public.idempotency VALUES ('\x760569762007899521fcfbe1be5f18613997b2f914780ed9a901c2cb0336ac6c', '\x63ad88f6c89c855068b9cc089d57a896425d9d8474ac4570e0ed028feb80fdaa', '\xf0f67dacb0ff2480ea3032aa7378f15f', '2026-10-14T09:00:00.000Z');


--
-- Data for Name: link; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.link VALUES (14, 'address', '2026-10-14T10:30:00.000Z');
INSERT INTO public.link VALUES (15, 'address', '2026-10-14T10:30:00.000Z');
INSERT INTO public.link VALUES (16, 'address', '2026-10-14T10:30:00.000Z');
INSERT INTO public.link VALUES (24, 'withdraw', '2026-10-14T10:45:00.000Z');
INSERT INTO public.link VALUES (14, 'quiet', '2026-11-05T09:00:00.000Z');


--
-- Data for Name: node; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.node VALUES (0, '\x5a86a10d81918058424494b6925b0155c8bd384836f1a55d4617c8c9cd518e34');
INSERT INTO public.node VALUES (1, '\x23f4b3017ec0833839ee9d17c5d1525c8d82936a7722c799bd2fc2e32ae07d2e');
INSERT INTO public.node VALUES (2, '\xb33851d6184b594b341470fdb48519a48a451a6f5d4acc4cac0ab6904b7315f4');
INSERT INTO public.node VALUES (3, '\x16dbe03b79d33f19cd5a07fcfba25bb49ad72aa02df1876dfed1ccb1f89c3c86');
INSERT INTO public.node VALUES (4, '\x2e80e2d5d19636e38626d81ccc5b589bad941b5680455ad5e0332bf7d83780b9');
INSERT INTO public.node VALUES (5, '\x4b5dcb91f21cba9b7829b2e7495fa84b6ba34be44c88586523b84a2ab2c6dd9b');
INSERT INTO public.node VALUES (6, '\x496329d35b813c451ff3e852ab45bcb21b08720441c1ba9cd6e51f1ebb9d563d');
INSERT INTO public.node VALUES (7, '\x79c3ad98f8f042091cb7ef1937cd5d3fc8385f5a554a3336dffac25f05b3d6f5');
INSERT INTO public.node VALUES (8, '\xe17495a80a0b41bb2bd6c8aa2b12798ebc68e41b5fc480678cfc8ff14b7610f6');
INSERT INTO public.node VALUES (9, '\x9fe1b6a6fa106b1efbc6e4930f2f705d0c3d277952816b83bcd39bcd7ab59142');
INSERT INTO public.node VALUES (10, '\x2b61327468566ae79acad79aeeb1b84040901088fdfb93808bbf81f613a1c3ee');
INSERT INTO public.node VALUES (11, '\x427952f3d528a0e1a740119a07424879ab8f6c47f38052aadd9538f9eed6f071');
INSERT INTO public.node VALUES (12, '\xcbecc74362560bf450740be197cbb348d8d4a6ec659fbf78c2cc94f629796e7d');
INSERT INTO public.node VALUES (13, '\x0b3f230b6fdaaa29acd93bab77f5f4da45ce8835981d98303bb56f00ac688e9e');
INSERT INTO public.node VALUES (14, '\xb189cb17bd3d9a1ea71add070e9459a1fad8ccf498f99d5313e827c937847fc2');
INSERT INTO public.node VALUES (15, '\x0abca3ce45e441c2f0ce5d210b5865f6a83fddbdfa8274a59ecd5702a4f50c95');
INSERT INTO public.node VALUES (16, '\x8ba17e203053a94b42a0c2813cad47a782cce7d176a3434ab93604853d524981');
INSERT INTO public.node VALUES (17, '\x9d90c8d13abd721d9eff742ed820d36cdc8097c53483f96d71c8e531d3fec307');
INSERT INTO public.node VALUES (18, '\x43d490d5bc55d1d617c928e27461dc6a667b0223478dd3b229542c6d565033dd');
INSERT INTO public.node VALUES (19, '\x96b1548cd1360e3baa4bc31f2ed15f72a5c23a71f43dfa1b9d5a1dcb2316a5c5');
INSERT INTO public.node VALUES (20, '\x3adf35a3da80d8953c3f51308aa6d6c6d933cb8a30558a7cf94ee324d27cc583');
INSERT INTO public.node VALUES (21, '\x3a12e5434b241dc8cc493ee988e108dd5a77d2ab462c17b952020b8f27aa72e9');
INSERT INTO public.node VALUES (22, '\x899240764cf409c796d9eff884c755e04e52c3c598ed0f8c72e3a59603def87e');
INSERT INTO public.node VALUES (23, '\xbe660402508e08393c149489a7ace91cd93bd466f595d3d379bc75eaa2685aa4');
INSERT INTO public.node VALUES (24, '\x9930b521bc7adc8f53ca585fb8ae41a1a69588e8c682f8000e59f115330cf942');
INSERT INTO public.node VALUES (25, '\x0ff784909b76640c4adb0a9fdbf8cdb8d5f8c2d934ab8bd9f9d67d06c49e0d4c');
INSERT INTO public.node VALUES (26, '\x92a796a116315f1ab7d4a9e5babde4e20db81d8c3b01936e2e3156090ce1c3c6');
INSERT INTO public.node VALUES (27, '\xa7bd2406823ceef231cad16a783dac8ae29b08ad59938cda75fadd09c8499bbc');
INSERT INTO public.node VALUES (28, '\x15f90796fd6daba65c40b27e26030280e66f8ebf4da80341ea13ae20b6ec04bd');
INSERT INTO public.node VALUES (29, '\x372b0235802bbb01d60d91e955526da3a7d0c2c7953ba8dc44d0b997a1a925ae');
INSERT INTO public.node VALUES (30, '\x62f12b08d279b8ad7be1b5d115b24c63cea9f8494b59e4f227d1189f7cfae533');
INSERT INTO public.node VALUES (31, '\x52c7aa7733bab0008f8a0413d34cb24f73e6ce381efaf8e71c7d112cf7d97a73');
INSERT INTO public.node VALUES (32, '\x29deb2b795cc2f071926f2bdd853d609c80424ed2ff57bc68203a9ee7db88dd0');
INSERT INTO public.node VALUES (33, '\x64110211f6cc494d219a8fbfb260ca0a7a700526e0f11fc7dd335d63a745ddc0');
INSERT INTO public.node VALUES (34, '\x5429994bca99f7932df2cc9f1cd506cc248515865bd000dca53d4edbae8c2e3b');
INSERT INTO public.node VALUES (35, '\x00ff8239b779a52a817fcb93494fbcbdbf7962b341609cdede069e81f396282b');
INSERT INTO public.node VALUES (36, '\x7a8cfcd13630ba57b06dd2ba5a644ca0c0b6b7c5b79d92b625fbd8133e53bce7');
INSERT INTO public.node VALUES (37, '\xff0311ee5144704788fcf8fe310d2df0f2e5d688ca49ab38cb930f4ad918d801');
INSERT INTO public.node VALUES (38, '\x2ea6f438d694e62cc1c69986f7e97f4fcf4972272a38df2af5ece211015f6b19');
INSERT INTO public.node VALUES (39, '\xee680272fecde8526fcf8f66b4aaa75dc38d671b0f6f5ea99eda810cab5d8a13');
INSERT INTO public.node VALUES (40, '\xb179af727a10bbead62c09660d399327101e02bd86a55df886638fb5ee9f9bd4');
INSERT INTO public.node VALUES (41, '\x9924bfddef6f02afd3886f0a2f8823c4bdb1e2f386708b50b9ce576f8d43a523');
INSERT INTO public.node VALUES (42, '\x00c1b34910c2ffebde52dad637a125efc8278e59608365482c501cfe3d417cbf');
INSERT INTO public.node VALUES (43, '\xe042050b671b7c6ac8c4f85dc89e20086be143ee42708617c2650a9185ea672f');
INSERT INTO public.node VALUES (44, '\x8cbd0afa639c2567f3042b9bfec6b121ad5c6ea93bd740c4b9345f07ef28934a');
INSERT INTO public.node VALUES (45, '\x76d701810fdd29caabe652de9af9572267a46b83589a8eacdbaf7ad89dcf25ec');
INSERT INTO public.node VALUES (46, '\x54d65b4b0e45e00eaa090fe889679ae81d15516289aa6b367dec25046d08736c');
INSERT INTO public.node VALUES (47, '\x5b3be5cf599db2de56c4226abc57c0646beb2bd12745b6051d646f304fe65006');
INSERT INTO public.node VALUES (48, '\x08cc8f7d85a25ca2663ef5af0952cb0036d0898ad515421455c50552a79ff585');
INSERT INTO public.node VALUES (49, '\x330f0192a1e25b5ca9604e334cd09ab95f80a5a5b7ea6564f6fdb96b2310b5f3');
INSERT INTO public.node VALUES (50, '\xf5e96e3ae804b0d4ebf4013d2195824bbeb50d2c789f0153db512a483e1d347b');
INSERT INTO public.node VALUES (51, '\x8d0b660da7dedaa7b62cf55bbcbfac7d3058f26199e856269b45a692fbb64206');
INSERT INTO public.node VALUES (52, '\x573465e085bee95b6947f663d14660c00a2f9458b57d4292332d91d982ad7eac');
INSERT INTO public.node VALUES (53, '\x33c5ecaeec65508315f73474de02d910d76e133071cc627dbcadb87cda72edd1');
INSERT INTO public.node VALUES (54, '\x9867656d1b16d5afcc5fcd502454941090f8d485f559e7a0eb16ab1011003ec7');
INSERT INTO public.node VALUES (55, '\x0f6af0e6b77568af9ba88a1d790d4e007ac4f061184e2499e38b475599ffeafa');
INSERT INTO public.node VALUES (56, '\xa8f1043268088f6de29650dc7692a04d60aaf8244350aa1bd156b3b2bfa7962b');
INSERT INTO public.node VALUES (57, '\xafcceb378cdc33f483da2f2db664850000f6dc9afacd3cc94667169e8b7439f5');
INSERT INTO public.node VALUES (58, '\xb0173216e8d94711af133c978e37b53438fb467997918fa3fae3701cf7fb0ef6');
INSERT INTO public.node VALUES (59, '\x836fb3f84c1da03493777e98b34c2505584d29d77c541423de4507f13ffbf404');
INSERT INTO public.node VALUES (60, '\x9dc749676cbae9c0f3a0e29dc86adb45e65c7ca757c7f8e6a1dc960b17f8202e');
INSERT INTO public.node VALUES (61, '\xdc3445dd83acdf42985b74f8a1bc3164d8d6b89fc6dd7a5a4cd89ebcde07c1f5');
INSERT INTO public.node VALUES (62, '\xc8c607d651e9dfca137ce19cb1d24a7865ad469785a5c8c65ff560365a4e9eca');
INSERT INTO public.node VALUES (63, '\x1ec8de5b46bf7c23a46d4f664339c6b8217ffa91ae7099971d729dc6b3a1cea3');
INSERT INTO public.node VALUES (64, '\xe12b444c3211680c9263504d170dd069d4f047e61f80a472577bc15c7e993606');
INSERT INTO public.node VALUES (65, '\xa6683f68f5d0ce6cd3bae45be58e251d08b48381cf3c48be8abcf0bfae7e3a52');
INSERT INTO public.node VALUES (66, '\x745a0039a35e4fdcddefabd719418a41d943ca10f48b4d6720206b4ef942921f');
INSERT INTO public.node VALUES (67, '\x603a80f067ab34b6a9c3db335b33c7ebec7e009c16df46ee18f942d2f741a016');
INSERT INTO public.node VALUES (68, '\x537e3f080595e748034674a597db526175749e35be74207d35dd0cba5a93464f');
INSERT INTO public.node VALUES (69, '\xd1338c45a0d6335a3595c812ac9dd49934dae91c442d6a8b073d1dc14d56801a');
INSERT INTO public.node VALUES (70, '\x9bc1e8d8ac7aaed12d03d2a1bfd3b264e53ede3d1f1b49b698de145e0fd1b4ef');
INSERT INTO public.node VALUES (71, '\xe7e875f131769df49117a03866c2ccffd5f814498d96d12d766a152ed0070e5c');
INSERT INTO public.node VALUES (72, '\x036a4316da6ad60beac197dd7b0267442c001387ec150e59f2045ea31db6247b');
INSERT INTO public.node VALUES (73, '\xb6d26b45943aef3a3df57178e35a3786ed524beb507433ba235c5d16541e8021');
INSERT INTO public.node VALUES (74, '\xda15d9c01cbfa323899756eea5ba4167310f805ccbafa0e22e045456bbaae0b5');
INSERT INTO public.node VALUES (75, '\x24d62231b616bc6896c7daeb7bc30e6e9ba0e68c980510c665236c14c9ba5202');
INSERT INTO public.node VALUES (76, '\x2ebfdb9549b9bbe51b84cdab017f577566af5e7d4631a6842e9d683363f2d5bf');
INSERT INTO public.node VALUES (77, '\xc7598f4e136fc3ad14980d0302791907a6ddfde62e71042c6069678ff1c32945');
INSERT INTO public.node VALUES (78, '\x9b6d1a70ffaa8ad8363efa81756ff498b81a4e6d16eb4c1f2c8694286b4c957e');
INSERT INTO public.node VALUES (79, '\xe3bac7fe29d2749f87f58fbaade6501fdfe02c7405cfe1ad6124fce1c2642374');
INSERT INTO public.node VALUES (80, '\x599b0e2ef590c396e33551459dcdf822e71abed09cebb852a3ececd19848b6d3');
INSERT INTO public.node VALUES (81, '\x55a8bd136327e657bbcbdff303fd3771f626a79c844da4da8dc1f13c85e0a423');
INSERT INTO public.node VALUES (82, '\x4622c30b00a6f7e1a7ae899f5f324481299b958cc6d31dc76c2d9e5b3600163a');
INSERT INTO public.node VALUES (83, '\x86e5de646742ea16a1ea03792b30db12714d7ad00f910cf0865c8351a181b5a6');
INSERT INTO public.node VALUES (84, '\x8c05586a10c8bfcff519fadd76727fee4871e84efae9d5aaa9725c4105cb444e');


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES (1, 'receipt', 12, '2026-10-14T09:00:00.000Z', '2026-10-14T10:00:00.000Z', '2026-10-14T10:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (2, 'receipt', 14, '2026-10-14T09:00:00.000Z', '2026-10-14T10:00:00.000Z', '2026-10-14T10:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (3, 'receipt', 15, '2026-10-14T09:00:00.000Z', '2026-10-14T10:00:00.000Z', '2026-10-14T10:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (4, 'receipt', 16, '2026-10-14T09:00:00.000Z', '2026-10-14T10:00:00.000Z', '2026-10-14T10:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (5, 'receipt', 17, '2026-10-14T09:00:00.000Z', '2026-10-14T10:00:00.000Z', '2026-10-14T10:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (6, 'receipt', 18, '2026-10-14T09:00:00.000Z', '2026-10-14T10:00:00.000Z', '2026-10-14T10:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (7, 'withdrawn', 22, '2026-10-14T09:00:00.000Z', '2026-10-14T10:00:00.000Z', '2026-10-14T10:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (8, 'withdrawn', 23, '2026-10-14T10:30:00.000Z', '2026-10-14T10:35:00.000Z', '2026-10-14T10:45:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (9, 'withdrawal-requested', 24, '2026-10-14T10:30:00.000Z', '2026-10-14T10:35:00.000Z', '2026-10-14T10:45:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (10, 'link', 24, '2026-10-14T10:30:00.000Z', '2026-10-14T10:35:00.000Z', '2026-10-14T10:45:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (11, 'withdrawal-requested', 25, '2026-10-14T10:30:00.000Z', '2026-10-14T10:35:00.000Z', '2026-10-14T10:45:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (12, 'link', 25, '2026-10-14T10:30:00.000Z', NULL, '2026-10-14T10:45:00.000Z', 1, 'there is nobody to write to');
INSERT INTO public.outbox VALUES (13, 'withdrawn', 26, '2026-10-14T10:45:00.000Z', '2026-11-05T08:00:00.000Z', '2026-11-05T08:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (14, 'receipt', 27, '2026-10-14T11:10:00.000Z', '2026-11-05T08:00:00.000Z', '2026-11-05T08:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (15, 'withdrawn', 29, '2026-10-14T14:00:00.000Z', '2026-11-05T08:00:00.000Z', '2026-11-05T08:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (16, 'renewal 3', 14, '2026-11-05T08:00:00.000Z', '2026-11-05T08:00:00.000Z', '2026-11-05T08:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (17, 'renewal 3', 15, '2026-11-05T08:00:00.000Z', '2026-11-05T08:00:00.000Z', '2026-11-05T08:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (18, 'renewal 3', 16, '2026-11-05T08:00:00.000Z', '2026-11-05T08:00:00.000Z', '2026-11-05T08:10:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (19, 'withdrawn', 33, '2026-11-05T10:00:00.000Z', '2026-11-05T10:10:00.000Z', '2026-11-05T10:20:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (20, 'receipt', 37, '2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z', '2026-11-20T10:15:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (21, 'receipt', 38, '2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z', '2026-11-20T10:15:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (22, 'withdrawal-requested', 40, '2026-11-20T10:10:00.000Z', '2026-11-20T10:11:00.000Z', '2026-11-20T10:21:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (23, 'link', 40, '2026-11-20T10:10:00.000Z', '2026-11-20T10:11:00.000Z', '2026-11-20T10:21:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (24, 'withdrawal-requested', 41, '2026-11-20T10:10:00.000Z', '2026-11-20T10:11:00.000Z', '2026-11-20T10:21:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (25, 'link', 41, '2026-11-20T10:10:00.000Z', '2026-11-20T10:11:00.000Z', '2026-11-20T10:21:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (26, 'withdrawal-requested', 42, '2026-11-20T10:10:00.000Z', '2026-11-20T10:11:00.000Z', '2026-11-20T10:21:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (27, 'link', 42, '2026-11-20T10:10:00.000Z', '2026-11-20T10:11:00.000Z', '2026-11-20T10:21:00.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (28, 'withdrawn', 43, '2026-11-20T10:15:00.000Z', NULL, '2026-11-20T10:16:30.000Z', 1, NULL);
INSERT INTO public.outbox VALUES (29, 'withdrawal-requested', 44, '2026-11-20T10:20:00.000Z', NULL, '2026-11-20T10:20:00.000Z', 0, NULL);
INSERT INTO public.outbox VALUES (30, 'link', 44, '2026-11-20T10:20:00.000Z', NULL, '2026-11-20T10:20:00.000Z', 0, NULL);


--
-- Data for Name: receipt; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.receipt VALUES ('\xe4dc8087d2d7de64b8582eb5acf40fec', 'C6X-6MR-H28', '27d1ce447b3adee9f119980a694c9c4a', 'holiday-clubs', '2026-10-07T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x2a2b4391fb88e9b84915b6aabe3199dd', 'VPZ-M7X-0JY', '3375c54ea9da724314b285044aee76da', 'holiday-clubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\xf0f67dacb0ff2480ea3032aa7378f15f', 'P2Q-GLY-CLJ', '951018983dfc9956b1baf6160f5ba6e2', 'holiday-clubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\xe4d6c8e9b2768531c60ec892f1de95ce', 'ZG2-MLX-Z7X', '6e665a5a88d82c04827b954997954df0', 'holiday-clubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\xa73da80ff6b7cc49b785f40978ed9401', 'KT3-QGQ-HW8', '8d87885d7bc1490e660facba84ba0136', 'holiday-clubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x98033686486e59f03638581195093b1f', 'ZNP-V2J-JYN', '8d02dc0cb5f52b66e539719aa739cb3d', 'holiday-clubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x2d311b4bd858a24883aced39858e695e', 'TBZ-GG3-BXG', '3105273b7c9e1ca85bb481b0ece0bd6a', 'family-hubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x838bfcd28ed605f739e334a63821747c', 'XJ6-QPN-W6D', 'ca2e879a16375982cb64a8ea39dd8dfd', 'family-hubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x67c9a6d6570c9d806676be6852487287', '2T9-DM7-SKG', 'e4dbd69e55a0730ed4a279c66306b278', 'family-hubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x6497871f2732f17135c04a7bbf53676b', 'FN3-9C9-K3M', '4d65ac8e877c5118034f850734611209', 'family-hubs', '2026-10-14T09:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x235c9acd3c1c4c904452f25de6e71922', 'BBL-VC6-32M', 'e9e09ca53c09291155fa0da80323c107', 'family-hubs', '2026-10-14T11:10:00.000Z');
INSERT INTO public.receipt VALUES ('\x4c4164d8959ffba1b3e1f5ed9372750b', 'ZFD-STQ-62S', '0ee0607a3733cb37fedaaa5d884c6aed', 'holiday-clubs', '2026-10-14T11:20:00.000Z');
INSERT INTO public.receipt VALUES ('\x599d3d3125b45a59552220d56ffe04c6', '6DX-BJS-G8D', 'b19c47a2d91caf5d6c4062bace050446', 'family-hubs', '2026-11-20T10:00:00.000Z');
INSERT INTO public.receipt VALUES ('\x5e528ff0d3a1062a490b5cb7b1230efb', '33Q-LF3-2L6', 'd791b727bfd701adff4755fb4cedfadd', 'holiday-clubs', '2026-11-20T10:00:00.000Z');


--
-- Data for Name: subject; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.subject VALUES ('3375c54ea9da724314b285044aee76da', '\x651c62918fe1a876c7a5e91f6954601e689f366fc16057a8f6eecb210c929f706119af4474eeb2cd345075e35b46797845f1e2b52a14bc0d3b3ea8e9', '\xe6c234ab4c3892936486f28d68623b5d5b53c4c360d36ff44557f6ff2809dedee9a31f5c7e182c25f1b44d09f7a0d5bfba73d467b571adbdad8247f81e724ebe342359fb51c820a9', '\x4e81929974e5a912e030fbbdd8938a3939264e5bc715c2902bfdb8bfb382527b', false, '2026-10-14T09:00:00.000Z', false);
INSERT INTO public.subject VALUES ('6e665a5a88d82c04827b954997954df0', '\xe324b1279dc91c1e4ce2292962eb66114b6bf6215a4f64513995e976965d83e92d5a827df22815c7b16e2a4749387c34387d2d661d44e7cece1fd7e5', '\x3059fc4c56e8316c2ffa82949dcb3392758ab93b0cd56fca0871d3d38b52071684af4f2c8adee3495e040b0fcdffaa2fa6e34d5dfff70fdea4d6ef0031d748314aff69a0431992cd', '\x0ce57f1dd3045a1581661257e345ebdcc5793238a33285d937b4a728e33c65f5', true, '2026-10-14T09:00:00.000Z', false);
INSERT INTO public.subject VALUES ('8d87885d7bc1490e660facba84ba0136', '\x2af930d50128d839163603b7247ef0dfea0a786078d8c9aaa094454e4e321d050c45a46b567c2f9641277ecc615285f16ffc4735196973efb9a293d8', '\x05c8b73f6fdafaafddaf11ee4361420b90803d6cc27a3f2bf69508a1294d54a8f3cbb60dcdb14cdfae28d3d62572a6f18f9e592824d80ce643ea4d01fcb7b24b3202815d85e0', '\xf6f7668af615ddabb82f6f401ff9ebb87f1cea6c908d84e4c44a3b10f9d7584f', true, '2026-10-14T09:00:00.000Z', false);
INSERT INTO public.subject VALUES ('0ba6d66f80182cce343d589454468b41', '\x7f794f2acaea88b2839e7d68af79389cd24eeae1db576d62e7bfce7959a761679d69d744cdbcb07e3bdfc8cc7ae9f91016a0b4ef9c685782ff8c7dc0', '\x6b8863dcb1dda728dee746bb8381f116a0b8fc7d6a7e3ab10ba455548a80cd6d25e1cdeb8999355278bb8569c7d5cb4882f4e14a12b5aa5a38d0953b613ca90ae998fc485d0342461b6139c610e0469f1c0cbcd2224e576693605109b4004d', '\x4e81929974e5a912e030fbbdd8938a3939264e5bc715c2902bfdb8bfb382527b', false, '2026-10-14T10:30:00.000Z', false);
INSERT INTO public.subject VALUES ('520b5d13526b67390f5537fb89b66295', '\xa3e7e67bb035bc028adabaac583342d5d87e651e7d7382600b525810d99ced020360292de69b475ab030a1c5428211cbd0cdd47a52b7aed28e7c45cc', '\x1993afc9f95aa700d2d49742cb3178bcbb3bd8375f7754a6f422e81bc1b929f9c65797740f4399bcde4e275ba4fd75fdf7532ffaeaa2717cd48b965611b22022e88d43e86b6e067e48a5c9e948926f435d7e8cd590e500ed995f83e4ec8e38cc4a2b77deb4d5', NULL, false, '2026-10-14T10:30:00.000Z', false);
INSERT INTO public.subject VALUES ('3105273b7c9e1ca85bb481b0ece0bd6a', '\xfd82bd52711b6a3bf84c25d95a6dab00535aacb4febdcab37c5bd0664756ebaab0770925e1f58cc7f1eb6b5a965410ed8600f02d7629451bfd645035', '\xc33107165c5f1b5e72a9dd05fedc8fc173098cb96bcd38534c29893e1b0efd68694209d5d0f408d63c4b06f022cd4e5265fb33a02d3a236a63ed17bb7b84bf4582c2ce145961a6f6', '\x4e81929974e5a912e030fbbdd8938a3939264e5bc715c2902bfdb8bfb382527b', true, '2026-10-14T09:00:00.000Z', false);
INSERT INTO public.subject VALUES ('e9e09ca53c09291155fa0da80323c107', '\xc02a211b49b5aa3936b8fc4b97de53f7b7317bb9589575f9336af55c5389edb571507e77cdb4b24865d3edfc2453b41459ce532bbf8adbc1ce291664', '\x4b97422046a727e5abd52118cc8f39817ab5f5154c2a9021dcae9d36bc5907d0e0ecf28a60e0d1da6659800252b0ab48ce218fbe0ee44838c4a912756660f9917e146f23f68c0832c85af31aa8ba14cdce64a643638a1dce23b1fda34ca1f7abc4ca3d5cac0f973b506cc88956dc58a0f288b12249', '\x53770e0aa08e05a0e46066fe511b1b9556747b0674a239c7a703d48297f60cb7', false, '2026-10-14T11:10:00.000Z', false);
INSERT INTO public.subject VALUES ('0ee0607a3733cb37fedaaa5d884c6aed', '\x033db2373af12f5faaf08994f37891c630f92d4ebf8ab957201e5a8dbd2983b948522fc52474aca3aceb9470db50746bb6e9c28b0a9d947417b8a1bc', '\xe4d3c784a37aa41610ba1aaac395e905a70e790b806bcca644309b8bf7a88afc19890ff632c12dd1309558ea1787d5e51fe27610111d075e3006b4eaeaaf8df9e21558fea1c5407b7d6e203513e8ef193b453afe1cb22d180e366fd02ec400f123104a92bcf66f97146720c3d65b', NULL, false, '2026-10-14T11:20:00.000Z', false);
INSERT INTO public.subject VALUES ('951018983dfc9956b1baf6160f5ba6e2', '\x25f695c83010c1ba64cd0a2945ff2013588b2cda0cc5c0a55cf107820f41c1a58f74562e5899a2fec79778a2d4ba7420a51474881fd209ee542d1ec9', '\x53ccf72a2ffbac5fcf687b6ed63419ecd4bc01af6cd86d4982275d73fe779d85e1d52df515c5eef1afc34c65395ed734a1ce4a38d361d8a0f88906bc8f3f4c22e2314cd206ea5007', '\x50d6d1b381c676dd8628dc0e3267b93370af455635b9d75ca47d089e95b63466', true, '2026-10-14T09:00:00.000Z', true);
INSERT INTO public.subject VALUES ('b19c47a2d91caf5d6c4062bace050446', '\x023f8a53754b3640cbfc40f5e62cc12ec4028f4ffa4835578cf8d7f9651bc542c4777739df2aa02e65f8f7c4308c8d299447d16131bcafe761af4199', '\xaca73ac1884d4fefd78236dab9eead7f66597b7d716d0aa3eedf0765e3a9f14dc1dc98236745645551d7efa6cd6d36d7b404f7a7b591f3060d722198e9a7415e16e2717fbc48ef', '\x4026dacb58b03c1bc79d736be032cbdf1fc6ecf46ac906fbbdd34f41f744fb87', false, '2026-11-20T10:00:00.000Z', false);
INSERT INTO public.subject VALUES ('d791b727bfd701adff4755fb4cedfadd', '\x67302eaed71f8b6c421994a2e812b3d5a6c35322c1e4ff2160eaa383e4dc1a222266d129e05bf83ea8826d37967541aca435486a3832e2279163163d', '\x388f913e21bdf7d0e914865d24b866afddefb8b0cdd2aa068554c3a9b898ea98ffdfcf6e72ed0898f5abf54e85ed8da7cc8f73f0e0ec89737081b4345b5d5b29f94aea0c63943518', '\x2b2f9c03af25873367e287281367f85cb9c463eb1d783f778004cb5285ccde62', false, '2026-11-20T10:00:00.000Z', false);
INSERT INTO public.subject VALUES ('18ce0096296ba0c37dca99bf35748eda', '\x99db51e8cc39858311095d3837d8136df43c9e66b3661eec757e2bad866271afb3448d887bdccd0a9b796aa565cae791b4a7cc583ebbff30bb72ab60', '\x23462559c16eb8d0c55f43791936bcab633da46e852471e0707b9691953175192ddaf16b114bf9758ce6f1356cf4db669e76f7e74f5d684881c73411f85d3462b1509ace5b179d', '\x4026dacb58b03c1bc79d736be032cbdf1fc6ecf46ac906fbbdd34f41f744fb87', false, '2026-11-20T10:10:00.000Z', false);
INSERT INTO public.subject VALUES ('c02b9238830fc47ea6c1812fd8bd66b8', '\x5cd7c141c91c06245711a838e4a9452b41ae9ec52bce8d84a48077204a16a0b6a5ae6db443b648e76dacf7db1490a8bcea47bd133f45943f27b0ddad', '\x8193fb23c2ae291039e9379c346149908910b08ff4edb13c93df368cc0c434cd46a1fc0aaea033b9474717687963bad6e73f2c3d34b93e7afb894b8f362d900cbf2bdf2fcea48136', '\x50d6d1b381c676dd8628dc0e3267b93370af455635b9d75ca47d089e95b63466', false, '2026-11-20T10:10:00.000Z', false);
INSERT INTO public.subject VALUES ('67de8a9567fcb6a66d22b10b92a57111', '\x8e8097a6979f411f46425f571561fc9f71607dc53d0b64e1ee50a44c7a4cd64b56054bc07438f6949616c1fd75fc631c16fdd3fcd62dbf1c6f57ced3', '\xfa051490b8de9102313c0fe634d6172cde395e405a27f44c4f7153e09997f38b70b8bc0f29e09cf22a294029b45122252dbb9fad30c67a27d1448c5449f3cb0068167052ab3b20', NULL, false, '2026-11-20T10:10:00.000Z', false);
INSERT INTO public.subject VALUES ('26ca271d6f0bff54bff6871088277dab', '\x161be4be92f638eae73f9874dcfaa76afc18a7c0507500dad283f079d8c42cd5646f1419497060a5e8f3377501a1f42255afa445652a754950070277', '\xfb9e5ae9dd2a6ebe6465005a6e29c93206775882f5fafc476402bd253c7b250fe1e5e2661c69db0ed3d86775fc00ebeae84d9997be3100738908c13959da941d5a696d45bc95d7d7c6ca8340fd29fc4b91b14a64e5451be9088513b6666e', NULL, false, '2026-11-20T10:20:00.000Z', false);


--
-- Name: action_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.action_id_seq', 1, true);


--
-- Name: outbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.outbox_id_seq', 30, true);


--
-- Name: action action_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_pkey PRIMARY KEY (id);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: api_key api_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (key_id);


--
-- Name: earlier earlier_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.earlier
    ADD CONSTRAINT earlier_pkey PRIMARY KEY (digest);


--
-- Name: event event_event_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_event_id_key UNIQUE (event_id);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (seq);


--
-- Name: idempotency idempotency_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (key);


--
-- Name: link link_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_pkey PRIMARY KEY (seq, purpose);


--
-- Name: node node_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.node
    ADD CONSTRAINT node_pkey PRIMARY KEY ("position");


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);


--
-- Name: receipt receipt_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (receipt_id);


--
-- Name: receipt receipt_reference_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_reference_key UNIQUE (reference);


--
-- Name: receipt receipt_subject_notice_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_subject_notice_key UNIQUE (subject, notice);


--
-- Name: subject subject_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (subject);


--
-- Name: event_of_publication; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX event_of_publication ON public.event USING btree (notice, version, language) WHERE (kind = 'notice-published'::text);


--
-- Name: event_of_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_of_subject ON public.event USING btree (subject);


--
-- Name: ix_action_seq; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_action_seq ON public.action USING btree (seq);


--
-- Name: ix_subject_lookup; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_subject_lookup ON public.subject USING btree (lookup);


--
-- Name: outbox_of_event; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX outbox_of_event ON public.outbox USING btree (seq, kind);


--
-- Name: outbox_unsent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_unsent ON public.outbox USING btree (sent, given_up, due);


--
-- Name: event event_is_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_is_append_only();


--
-- Name: node node_is_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER node_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.node FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_is_append_only();


--
-- Name: action action_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_seq_fkey FOREIGN KEY (seq) REFERENCES public.event(seq);


--
-- Name: idempotency idempotency_receipt_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES public.receipt(receipt_id);


--
-- Name: link link_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_seq_fkey FOREIGN KEY (seq) REFERENCES public.event(seq);


--
-- Name: outbox outbox_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_seq_fkey FOREIGN KEY (seq) REFERENCES public.event(seq);


--
-- PostgreSQL database dump complete
--


