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
-- Name: address; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.address (
    subject text NOT NULL,
    lookup bytea NOT NULL
);


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
    revoked text,
    acts text,
    notices text,
    expires text,
    used text,
    seal bytea
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
-- Name: erasure; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.erasure (
    id bigint NOT NULL,
    sealed bytea NOT NULL,
    made text NOT NULL
);


--
-- Name: erasure_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: erasure_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.erasure_id_seq OWNED BY public.erasure.id;


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
    at text NOT NULL,
    code text
);


--
-- Name: head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.head (
    id integer NOT NULL,
    size bigint NOT NULL,
    checkpoint text NOT NULL,
    keys text
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
-- Name: listing; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.listing (
    id bigint NOT NULL,
    at text NOT NULL,
    asked_by text NOT NULL,
    notice text NOT NULL,
    consent text NOT NULL,
    listed integer NOT NULL,
    anonymous integer NOT NULL
);


--
-- Name: listing_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.listing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: listing_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.listing_id_seq OWNED BY public.listing.id;


--
-- Name: node; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.node (
    "position" bigint NOT NULL,
    hash bytea NOT NULL
);


--
-- Name: note; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.note (
    seq bigint NOT NULL,
    row_key bytea NOT NULL,
    sealed bytea NOT NULL,
    made text NOT NULL
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
    given_up text,
    why text,
    recipient bytea,
    handed text
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
    made text NOT NULL,
    ended integer DEFAULT 0 NOT NULL
);


--
-- Name: release; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.release (
    process text NOT NULL,
    release text NOT NULL,
    schema integer NOT NULL,
    seen text NOT NULL
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
    quiet boolean DEFAULT false NOT NULL,
    folding integer DEFAULT 1 NOT NULL
);


--
-- Name: action id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.action ALTER COLUMN id SET DEFAULT nextval('public.action_id_seq'::regclass);


--
-- Name: erasure id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.erasure ALTER COLUMN id SET DEFAULT nextval('public.erasure_id_seq'::regclass);


--
-- Name: listing id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.listing ALTER COLUMN id SET DEFAULT nextval('public.listing_id_seq'::regclass);


--
-- Name: outbox id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);


--
-- Data for Name: action; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: address; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0008');


--
-- Data for Name: api_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_key VALUES ('45b8c4ba', '\xcd983dc9cb082c75656b050e84d6877a3c97e52a3236a5f5211414eb56c66402', 'Case system', '2026-11-22T09:30:00.000Z', NULL, 'events,status', NULL, NULL, NULL, '\xc9cc3302cc596abb3fd35de987b9e555b86940f6ec039abc3f767f247dd4e6f6');


--
-- Data for Name: earlier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: erasure; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.erasure VALUES (1, '\x9b1b45be4ca7382d2031faacc90bfb9db682e9c1e154700a6166087dc242ff31f90db2a6c388f68597c2bdbc331273df242d2b40d45a950927c0e481', '2026-11-22T09:30:00.000Z');


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES (1, 1, '01a20297-4dc0-7b74-8a40-fc971ec452b1', 'notice-published', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (2, 1, '01a20297-4dc0-7f85-8cb9-252681cf5e1a', 'notice-published', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (3, 1, '01a20297-4dc0-7008-a2b8-71673578cb18', 'notice-published', 'family-hubs', 3, 'en', '66da9f557221b28467424ec9a12784ab1809a8e6d707655df61ba2bc0c9df709', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (4, 1, '01a20297-4dc0-7412-b80f-e39f739a6d49', 'notice-published', 'primary', 1, 'en', 'be60340179cdeb93242c878233baf3b143a4da368bd560b2644fde477ea1524b', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (5, 1, '01a20297-4dc0-71d9-acaa-3060157443a1', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '871fa2405957173cb4e6c263a1157a97', NULL, 'web', NULL, 'self', 'a9158a490067eafed1c979a94d2ad14d7db064c172ed845322ca842516da2e12', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (6, 1, '01a20297-4dc0-7eb7-8f60-db51febeee9f', 'refused', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'photos', '871fa2405957173cb4e6c263a1157a97', NULL, 'web', NULL, 'self', 'a9158a490067eafed1c979a94d2ad14d7db064c172ed845322ca842516da2e12', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (7, 1, '01a20297-4dc0-73f5-90ef-4e2158da0163', 'given', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', 'photos', '26567ee31f7eb8fdc3efae3190a9f7da', NULL, 'web', NULL, 'child', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (8, 1, '01a20297-4dc0-77fb-b07f-cae7d08f2755', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '9a23ae33cb7cb960a070ab9ef966bb00', NULL, 'web', NULL, 'self', '609aef8d930d225894187719069c0eb7270c0289c1b0ce9d9179e65b119ca68f', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (9, 1, '01a20297-4dc0-760a-9e63-0650cc8fe892', 'withdrawn', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', 'photos', '26567ee31f7eb8fdc3efae3190a9f7da', '01a20297-4dc0-73f5-90ef-4e2158da0163', 'web', NULL, 'child', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (10, 1, '01a20297-4dc0-7e68-92e9-65e039693c12', 'withdrawal-requested', 'family-hubs', NULL, 'en', NULL, NULL, 'ae104a790264dbba48c2c4475dbc2406', NULL, 'web', NULL, NULL, '9899fbd3d009e925dfdb9e9b285291733f3f1f524fba7185d46f9cb2b3d69965', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (11, 1, '01a20297-4dc0-7e9b-aede-77e337fd5ddf', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '29e2c57eaf66b8cc2df91e09955bd151', NULL, 'phone', 'officer-12', 'self', '9f39a502f1d5a3dfc88139f8638eccd6e16856902fdaf30a91e10be7678b9d45', '2026-11-20T00:00:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (12, 2, '01a20297-4dc0-7c6b-b902-cc3aaa64440b', 'revoked', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '9a23ae33cb7cb960a070ab9ef966bb00', '01a20297-4dc0-77fb-b07f-cae7d08f2755', 'staff', 'DPO', 'self', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (13, 1, '01a20297-4dc0-7554-a0cb-a88e146731eb', 'erased', NULL, NULL, NULL, NULL, NULL, '9a23ae33cb7cb960a070ab9ef966bb00', NULL, 'staff', 'DPO', NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (14, 2, '01a20297-4dc0-7ac6-9da0-2563cc1aa4da', 'details-changed', NULL, NULL, NULL, NULL, NULL, '871fa2405957173cb4e6c263a1157a97', NULL, 'web', NULL, NULL, 'fbcff8240dc03ef69a5098245588ffccfeb93da53eaff6da2232e6bcbe44aa7d', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);


--
-- Data for Name: head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.head VALUES (1, 14, 'privacy.example.org/consents/87bc88ed
14
qQAeJSaPjLlBZNRvAWvemw9d/YjIJOeDawTenGYyFtE=

— privacy.example.org/consents/87bc88ed F9Qv2rWd62HrABAK4T+9xEr2R1mq57R79KQJc+0M4ar7nkQ3/vnoF7i26/KlwTLj19IR0VpYK2H8Z90g2Ea3Ks2Tlwk=
', 'signing.pem=17d42fda token.secret=4313268262a64e93c971c0f81f8b0309 pepper=1174605f59678646e3b250197c3a3e1c details.key=e99cf549c7ba6a4a132aaa5b0d0badd5');


--
-- Data for Name: idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.idempotency VALUES ('\x52978cfcc2c57835bb6cef6582615890d3b2a353e3972ed9892228e88f89e108', '\x5ef4df79226eb4ad651fff4c0da194260c4cc24df1c1b02697dfe3a66b171314', '\xd8af1f838cc760be5679f29528894b55', '2026-11-22T09:30:00.000Z');


--
-- Data for Name: link; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: listing; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: node; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.node VALUES (0, '\x686b565429ca7099f91e399ac25e92bc35a0487bb25bea8eb3e606649dd6c0a4');
INSERT INTO public.node VALUES (1, '\x83ef4fe0c7638d6a5523f9be7fc557852fd845d2ae008af613e66db8ee0ce059');
INSERT INTO public.node VALUES (2, '\xf65426187b60c2e8894ba426b3c29a134d2ce963c5ae1ab3ce351acbab6f0283');
INSERT INTO public.node VALUES (3, '\x784f2039b255e4a9f7355fff1ca9a6eeff37ce8b42c336d4448c6ea380dfea05');
INSERT INTO public.node VALUES (4, '\xe076f48c1cde0fe771c3a623c6b8b3977a6a8280d8bfaa8e5583b78d4bfae562');
INSERT INTO public.node VALUES (5, '\x9a835f059a6c86f1925eff5e41d3c1cf1f5dbaaef7c1cefd7b22b0ee908569b3');
INSERT INTO public.node VALUES (6, '\x5b9369918ffc82471282e6636810b5d2fd2a5167b96949ded5fca8a1eefaeba0');
INSERT INTO public.node VALUES (7, '\xfa29250fb8f7d88aa17dbc41c63746d1d8e4678a6a65b025e86f886a64dea8c3');
INSERT INTO public.node VALUES (8, '\xeb60944a351734f437fc887bdc94408f8641d55611f318d360ca475b722cf569');
INSERT INTO public.node VALUES (9, '\xb17136bae580637ea0816548c18cf3ce194c8955a705d63bbf3b28d8574acb56');
INSERT INTO public.node VALUES (10, '\x43a2b97d7cc448e08092bd6ce1bdb51d34eca498540ca815ff0b303af210190f');
INSERT INTO public.node VALUES (11, '\xb2cd354736e856b5068215558616a555252bb7d45e08bde6208f9a3a62533c8d');
INSERT INTO public.node VALUES (12, '\x3e9f19d9d941b6f77dd63f5077e9c289057ededa02de380121a8ff84eda7a2b7');
INSERT INTO public.node VALUES (13, '\x869877535dd0bc56cf43c2fa1dbee7cf873f22c1cd5d30afead2f4a30240945c');
INSERT INTO public.node VALUES (14, '\x53d21713a8d9bcbcacb7fbfbba3479e6679ede2e059e04a2b6c3038912beac36');
INSERT INTO public.node VALUES (15, '\xc3eb843a42ee15c957fc25ce8de752e70d6218c109fadf36e9b528a57885d00b');
INSERT INTO public.node VALUES (16, '\xf4984b7efd67d784f76f66144896c4825f85a2adaa45a73d1f67b8e908b5a68f');
INSERT INTO public.node VALUES (17, '\x08bbb64969b04b025ee8a02b37e0e383b3ef53d132056e4dce6cc26532ccfa9e');
INSERT INTO public.node VALUES (18, '\xde5001bc705d4befe36eb04c0cf2a245b5e8956828bd930f591680b4afd1f706');
INSERT INTO public.node VALUES (19, '\xee4a0359928f67e68fed30972ac3041ae73d4eac99fa72e3dfef6c5792f53e2f');
INSERT INTO public.node VALUES (20, '\xdc07b7ad8c8f9910fa46183063b196bf9400de2f606d95b97975f5bd1989bbeb');
INSERT INTO public.node VALUES (21, '\x35d4bf60cf864ffc8c82fb07c78111ac5fe0ce9e6d59bcf4e7af48d914753d4e');
INSERT INTO public.node VALUES (22, '\x8ba20ba1fd6166b55396006a2e2f181b9cb4630df6ca337698b44ead455f51d9');
INSERT INTO public.node VALUES (23, '\x6db853c86e33ddfacb02003bfba8c99cc7917b3e31801ad3eebe684fa4577fe8');
INSERT INTO public.node VALUES (24, '\xbd8b63637e50bfd46fd2130eec1c0859faf99d16b0e01b82b33e90579ec15f1e');


--
-- Data for Name: note; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES (1, 'receipt', 5, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, '\x078b6eeb56856a7c17dce2e3fe68357f13aa9bca7e246f0c016f5e3f899f694a', '2026-11-22T09:30:00.000Z');
INSERT INTO public.outbox VALUES (3, 'withdrawn', 9, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (4, 'withdrawal-requested', 10, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (5, 'link', 10, '2026-11-22T09:30:00.000Z', NULL, '2026-11-22T09:40:00.000Z', 1, 'there is nobody to write to', NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (7, 'receipt', 11, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, '\x80178716d1cc4a9432c29997888af669f2091208a182ace04364409ec31f1fa8', '2026-11-22T09:30:00.000Z');
INSERT INTO public.outbox VALUES (8, 'revoked', 12, '2026-11-22T09:30:00.000Z', NULL, '2026-11-22T09:30:00.000Z', 0, NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (2, 'receipt', 8, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z');


--
-- Data for Name: receipt; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.receipt VALUES ('\xc5795dcbb133144c1366bdd478cd9635', 'JFY-KYP-TKG', '871fa2405957173cb4e6c263a1157a97', 'family-hubs', '2026-11-22T09:30:00.000Z', 0);
INSERT INTO public.receipt VALUES ('\x680d2df9cca97af60ad90a15d2f72f40', 'C8D-W95-78P', '26567ee31f7eb8fdc3efae3190a9f7da', 'family-hubs', '2026-11-22T09:30:00.000Z', 0);
INSERT INTO public.receipt VALUES ('\x0bacb7a42dd11de7b786b323cbd1bb81', 'PTF-WCD-Z0J', '9a23ae33cb7cb960a070ab9ef966bb00', 'family-hubs', '2026-11-22T09:30:00.000Z', 0);
INSERT INTO public.receipt VALUES ('\xd8af1f838cc760be5679f29528894b55', 'DSJ-PPS-CBN', '29e2c57eaf66b8cc2df91e09955bd151', 'family-hubs', '2026-11-22T09:30:00.000Z', 0);


--
-- Data for Name: release; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: subject; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.subject VALUES ('ae104a790264dbba48c2c4475dbc2406', '\x14496170b621db42ae1ad12d1e02a4347a12809fa25f0c987ac0e553ff6c4f5915492b4970fca1d3e7bf88237cfca1b8e0a9e9f1776e5ef458fe704b', '\x96b24f4c267bfd08ef4eff0727c70caad06dfb90ac23eb052e51367b2831ac089e18db21c70abb4f75704ef9cf42f750c17b21c6b0cb42eb3e95aff71294a1d8de4e54720f7ab16dd7f8e42d66f6c722c61fa2cddb1a45a191423cb04cb847581c457f35c4635ed6f80029efe3b33eccfc6d64dd3cd66a95f96b6f43ffe2bc216f6fb7aae70bee3bb165ffdd692d378b0148a759852e3f1376156caaaad20bc961b8', NULL, false, '2026-11-22T09:30:00.000Z', false, 2);
INSERT INTO public.subject VALUES ('29e2c57eaf66b8cc2df91e09955bd151', '\xc500d1997ad278fe4a1305ce12ba2c6f03233085da53cee1cf99c36aebd0f4e22c0aed1041cb6b54f696e30d1516c731d9cc6dd2131e83ce39fd5f1d', '\x0b92b22721424aa578b4f08a640cb9cad0ac1e0574ed4d4a3823eede5989c61bd7bf76d30275346e93d54feddb9c28f1da9d4fcd83065ba1b5519801b8b1369eec7d852e0bb4c0a49f97229d8a1a1cd14109c6c680fe0fb3328b06b56f19aea3612d94c80450b62f4112106b72c3cc5e3b342c032d07341120ef040c9fc9fd327d7cb91d013e438b2213792939bd999d76fb574843700174ba7e212d7195bcaf639e639c2a53bb87e352f69e9d09050c81c487d61d6acfb2433174', '\x80178716d1cc4a9432c29997888af669f2091208a182ace04364409ec31f1fa8', false, '2026-11-22T09:30:00.000Z', false, 2);
INSERT INTO public.subject VALUES ('871fa2405957173cb4e6c263a1157a97', '\xafb78987c526900f55614602bacf2fe93286d7e456d9064f686a0ac391fa80a1566afdf783a431d0059f7e922281aab6e0ec15da76267458df9662a4', '\xe6522b46482727312eb84770645044c3e497f7ad59822ed9a1c6623f6a91cec156077d9c9b205dbd7b966c9fa5ced12844adcfdaab6d0c1716b2246296fa008b6b1fa7ba9f012380b778a82158f4486a81d354133e65eda472754560d296da00e8a67d58d4e5e8edfd70f39e92d6df1b7cce9d76bc138f164e7a77712659aac0267818fb6c5a', '\x078b6eeb56856a7c17dce2e3fe68357f13aa9bca7e246f0c016f5e3f899f694a', true, '2026-11-22T09:30:00.000Z', false, 2);


--
-- Name: action_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.action_id_seq', 1, false);


--
-- Name: erasure_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.erasure_id_seq', 1, true);


--
-- Name: listing_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.listing_id_seq', 1, false);


--
-- Name: outbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.outbox_id_seq', 8, true);


--
-- Name: action action_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_pkey PRIMARY KEY (id);


--
-- Name: address address_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.address
    ADD CONSTRAINT address_pkey PRIMARY KEY (subject, lookup);


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
-- Name: erasure erasure_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (id);


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
-- Name: head head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (id);


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
-- Name: listing listing_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_pkey PRIMARY KEY (id);


--
-- Name: node node_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.node
    ADD CONSTRAINT node_pkey PRIMARY KEY ("position");


--
-- Name: note note_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_pkey PRIMARY KEY (seq);


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
-- Name: release release_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.release
    ADD CONSTRAINT release_pkey PRIMARY KEY (process);


--
-- Name: subject subject_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (subject);


--
-- Name: event_acted_about; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_acted_about ON public.event USING btree (prior) WHERE (kind = 'acted'::text);


--
-- Name: event_of_publication; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX event_of_publication ON public.event USING btree (notice, version, language) WHERE (kind = 'notice-published'::text);


--
-- Name: event_of_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_of_subject ON public.event USING btree (subject);


--
-- Name: event_to_act_on; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_to_act_on ON public.event USING btree (seq) WHERE (kind = ANY (ARRAY['withdrawn'::text, 'withdrawal-requested'::text, 'revoked'::text]));


--
-- Name: ix_action_seq; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_action_seq ON public.action USING btree (seq);


--
-- Name: ix_address_lookup; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_address_lookup ON public.address USING btree (lookup);


--
-- Name: ix_subject_lookup; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_subject_lookup ON public.subject USING btree (lookup);


--
-- Name: outbox_handed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_handed ON public.outbox USING btree (handed) WHERE (recipient IS NOT NULL);


--
-- Name: outbox_of_event; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX outbox_of_event ON public.outbox USING btree (seq, kind);


--
-- Name: outbox_of_recipient; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_of_recipient ON public.outbox USING btree (recipient) WHERE (recipient IS NOT NULL);


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
-- Name: note note_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_seq_fkey FOREIGN KEY (seq) REFERENCES public.event(seq);


--
-- Name: outbox outbox_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_seq_fkey FOREIGN KEY (seq) REFERENCES public.event(seq);


--
-- PostgreSQL database dump complete
--


