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
    revoked text,
    acts text,
    notices text,
    expires text,
    used text
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
    made text NOT NULL
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
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0006');


--
-- Data for Name: api_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_key VALUES ('45b8c4ba', '\xcd983dc9cb082c75656b050e84d6877a3c97e52a3236a5f5211414eb56c66402', 'Case system', '2026-11-22T09:30:00.000Z', NULL, 'events,status', NULL, NULL, NULL);


--
-- Data for Name: earlier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES (1, 1, '01a20297-4dc0-7b74-8a40-fc971ec452b1', 'notice-published', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (2, 1, '01a20297-4dc0-7f85-8cb9-252681cf5e1a', 'notice-published', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (3, 1, '01a20297-4dc0-7008-a2b8-71673578cb18', 'notice-published', 'family-hubs', 3, 'en', '66da9f557221b28467424ec9a12784ab1809a8e6d707655df61ba2bc0c9df709', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (4, 1, '01a20297-4dc0-7412-b80f-e39f739a6d49', 'notice-published', 'primary', 1, 'en', 'be60340179cdeb93242c878233baf3b143a4da368bd560b2644fde477ea1524b', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (5, 1, '01a20297-4dc0-7bdb-9d24-c5795dcbb133', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '871fa2405957173cb4e6c263a1157a97', NULL, 'web', NULL, 'self', '89e7bd7c8461ed87212eed59b0fab37ad13563ffb499cf6c248050548a9157b2', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (6, 1, '01a20297-4dc0-744c-9366-bdd478cd9635', 'refused', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'photos', '871fa2405957173cb4e6c263a1157a97', NULL, 'web', NULL, 'self', '89e7bd7c8461ed87212eed59b0fab37ad13563ffb499cf6c248050548a9157b2', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (7, 1, '01a20297-4dc0-7af6-8ad9-0a15d2f72f40', 'given', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', 'photos', '26567ee31f7eb8fdc3efae3190a9f7da', NULL, 'web', NULL, 'child', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (8, 1, '01a20297-4dc0-7de7-b786-b323cbd1bb81', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '9a23ae33cb7cb960a070ab9ef966bb00', NULL, 'web', NULL, 'self', '93715f9629235d25f110117a07476de281f17351f59df84c3c889e8bd0bd7f5e', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (9, 1, '01a20297-4dc0-760a-9e63-0650cc8fe892', 'withdrawn', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', 'photos', '26567ee31f7eb8fdc3efae3190a9f7da', '01a20297-4dc0-7af6-8ad9-0a15d2f72f40', 'web', NULL, 'child', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (10, 1, '01a20297-4dc0-7e68-92e9-65e039693c12', 'withdrawal-requested', 'family-hubs', NULL, 'en', NULL, NULL, 'ae104a790264dbba48c2c4475dbc2406', NULL, 'web', NULL, NULL, '2ad34de53de5ac9e1eb2392eeb1bd3cc99b4aaadd1fccd54151a6f1c39c9a65b', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (11, 1, '01a20297-4dc0-70be-9679-f29528894b55', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '29e2c57eaf66b8cc2df91e09955bd151', NULL, 'phone', 'officer-12', 'self', '81bc8bd1ae16fdf37ec518830bcfa7beb958db51fc6f5d05bad2ca2eec772a3a', '2026-11-20T00:00:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (12, 2, '01a20297-4dc0-7b1b-85be-4ca7382d2031', 'revoked', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '9a23ae33cb7cb960a070ab9ef966bb00', '01a20297-4dc0-7de7-b786-b323cbd1bb81', 'staff', 'DPO', 'self', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);
INSERT INTO public.event VALUES (13, 1, '01a20297-4dc0-7aac-9c6b-3902cc3aaa64', 'erased', NULL, NULL, NULL, NULL, NULL, '9a23ae33cb7cb960a070ab9ef966bb00', NULL, 'staff', 'DPO', NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', NULL);


--
-- Data for Name: head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.head VALUES (1, 13, 'privacy.example.org/consents/87bc88ed
13
jTNT/5Dl9MrVktrUw6Xu5mzAdrIhQxXX3RHPGcU6mPc=

— privacy.example.org/consents/87bc88ed F9Qv2pYtJCg96GNBb4i4ek5lahUVIfc2IZ/1Yi3KyRxS5XenxCFgIXaIsnKDmWeOtPk4dvslLTvFQbSZ8B/oeQSdHwo=
', 'signing.pem=17d42fda token.secret=4313268262a64e93c971c0f81f8b0309 pepper=1174605f59678646e3b250197c3a3e1c details.key=e99cf549c7ba6a4a132aaa5b0d0badd5');


--
-- Data for Name: idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.idempotency VALUES ('\x344621b140d420ee74e66fac1c477edbced676db47f761242c5bff573934f0bc', '\xb9245213831af1110b27640de521a0f30ecf3945b52ce6a30fc496dbf996a677', '\x5ddf99a9e8fe77091a2dd8af1f838cc7', '2026-11-22T09:30:00.000Z');


--
-- Data for Name: link; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.link VALUES (5, 'address', '2026-11-22T09:30:00.000Z');


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
INSERT INTO public.node VALUES (7, '\xd03d135bfb4e3fcf5bb32842419521bbf862e8d48ac0e100e8c59b22bf56ac77');
INSERT INTO public.node VALUES (8, '\x8a7ca16e38fad7c16c0df1a214dce8fca159d7579b32eaf8f415b50c65e8214b');
INSERT INTO public.node VALUES (9, '\x2ad6ebadaea5886e027991de1d488e2382490533e423b76ac0b823e64d1b8285');
INSERT INTO public.node VALUES (10, '\x643049eab6ba35a921c7a3a146090a7e34e6e194f91195dadf4b6254b397be4d');
INSERT INTO public.node VALUES (11, '\x54ca40864668b1a07311185927d09c2cf8fb2d3e7ec0728cc828457f4f288c47');
INSERT INTO public.node VALUES (12, '\x4f3271a608d209e93291883e3a2aa973b6834500e0e426ec0ec8a63e4683a626');
INSERT INTO public.node VALUES (13, '\x5520acbf4d0cc5d26e340ee92b6c6d8211d218ff847621d4ebce1fb91dea1795');
INSERT INTO public.node VALUES (14, '\x4b051884d1c964de4dede28a92fbb82e9c269192faa46f113fad311346f76b82');
INSERT INTO public.node VALUES (15, '\x60a053acc1bd796346739393454deeba3eff60bc28fd5a452df89b9e22b266da');
INSERT INTO public.node VALUES (16, '\x2ca6b4a4c47f830eedb8f8eeb7da8384f7b6eaa69406b102fdcaebf68eb4a53e');
INSERT INTO public.node VALUES (17, '\xa17bbfa365b2c19b3acc69051dc65ae29db249a4655e345a2728e76963e411de');
INSERT INTO public.node VALUES (18, '\x54e64d5fa589520c595e9e7292e6b359e0931c1b00f4a23573093f260c914f8e');
INSERT INTO public.node VALUES (19, '\x533b23ade613f14f7e3db226afea3e89bcf51613539b0464d37694ad6f5f365c');
INSERT INTO public.node VALUES (20, '\x64a7c8dbe4137b4c433a057780b46d866b64fec8d0b7bbb2034ffb4d63acccb3');
INSERT INTO public.node VALUES (21, '\x2f808d3717af539010357347e039b18e1a7ff870d159bf1026c58bb283202adb');
INSERT INTO public.node VALUES (22, '\x0ce74ea5853882ca6c2a6a36d6c75659d62f988d5f35cec7ba7c4047da3675a7');


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

INSERT INTO public.receipt VALUES ('\x43a15eb74f60db51febeee9f2ff179f6', 'H3R-X27-9X5', '871fa2405957173cb4e6c263a1157a97', 'family-hubs', '2026-11-22T09:30:00.000Z');
INSERT INTO public.receipt VALUES ('\x016357cfa7b73f03e356680d2df9cca9', '69D-5N3-06P', '26567ee31f7eb8fdc3efae3190a9f7da', 'family-hubs', '2026-11-22T09:30:00.000Z');
INSERT INTO public.receipt VALUES ('\x27552f7f215214d2beaf0bacb7a42dd1', '6G7-P0T-C5L', '9a23ae33cb7cb960a070ab9ef966bb00', 'family-hubs', '2026-11-22T09:30:00.000Z');
INSERT INTO public.receipt VALUES ('\x5ddf99a9e8fe77091a2dd8af1f838cc7', 'CF3-GYZ-V2N', '29e2c57eaf66b8cc2df91e09955bd151', 'family-hubs', '2026-11-22T09:30:00.000Z');


--
-- Data for Name: release; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: subject; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.subject VALUES ('ae104a790264dbba48c2c4475dbc2406', '\x14496170b621db42ae1ad12d1e02a4347a12809fa25f0c987ac0e553ff6c4f5915492b4970fca1d3e7bf88237cfca1b8e0a9e9f1776e5ef458fe704b', '\x96b24f4c267bfd08ef4eff0727c70caad06dfb90ac23eb052e51367b0848e00792109c39c96c9e40397e40abd048fb17cf6331c6b3cb5efa3b81abe57694a8d0cf0328dcc44e428938943af8159d969bbc42', NULL, false, '2026-11-22T09:30:00.000Z', false, 2);
INSERT INTO public.subject VALUES ('29e2c57eaf66b8cc2df91e09955bd151', '\xc500d1997ad278fe4a1305ce12ba2c6f03233085da53cee1cf99c36aebd0f4e22c0aed1041cb6b54f696e30d1516c731d9cc6dd2131e83ce39fd5f1d', '\x0b92b22721424aa578b4f08a640cb9cad0ac1e0574ed4d4a3823eede79f08113dbb7739d1a7b746980e36af0c29035edd3d60ed0964355aff95f9302f3e871aea43a975e42e59bf0c8cf7b8ec65e10381f4c22428a3e81ca0a96d49366', '\x80178716d1cc4a9432c29997888af669f2091208a182ace04364409ec31f1fa8', false, '2026-11-22T09:30:00.000Z', false, 2);
INSERT INTO public.subject VALUES ('871fa2405957173cb4e6c263a1157a97', '\xc493a72df349496e53d0b88bf3d8ab92deea1841ae0ffa880a1227740b8a204bce048d87f92048c9b7ee617f20d54bfd716ad4759b9bb89c910d9dea', '\x25659977201a3cb203e529dfb890961226fe462b90dd6c4f33574df0944222be2d21b9ceacf7fcadb89970f36308a478bb37957f4e2c814cf590812dbaa17cf5499e2a4327d8d082', '\x078b6eeb56856a7c17dce2e3fe68357f13aa9bca7e246f0c016f5e3f899f694a', true, '2026-11-22T09:30:00.000Z', false, 2);


--
-- Name: action_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.action_id_seq', 1, false);


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


