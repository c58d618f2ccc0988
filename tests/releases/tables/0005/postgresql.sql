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
-- Name: outbox id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);


--
-- Data for Name: action; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0005');


--
-- Data for Name: api_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_key VALUES ('9b1b45be', '\xecfd7c8ca1d982a92add268848fbbef947c44f452e074d5709340243e2fe1c41', 'Case system', '2026-11-22T09:30:00.000Z', NULL);


--
-- Data for Name: earlier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES (1, 1, '01a20297-4dc0-7b74-8a40-fc971ec452b1', 'notice-published', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (2, 1, '01a20297-4dc0-7f85-8cb9-252681cf5e1a', 'notice-published', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (3, 1, '01a20297-4dc0-7008-a2b8-71673578cb18', 'notice-published', 'family-hubs', 3, 'en', '66da9f557221b28467424ec9a12784ab1809a8e6d707655df61ba2bc0c9df709', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (4, 1, '01a20297-4dc0-7412-b80f-e39f739a6d49', 'notice-published', 'primary', 1, 'en', 'be60340179cdeb93242c878233baf3b143a4da368bd560b2644fde477ea1524b', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (5, 1, '01a20297-4dc0-7d9c-a5e4-fa793cd32412', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', 'd1759e786c59d91934778283c4271e3c', NULL, 'web', NULL, 'self', 'dba41386954255b85b4defd86ee610814d4332b807f6fe03678186a48f7e566a', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (6, 1, '01a20297-4dc0-740e-94c7-5fa528d29cab', 'refused', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'photos', 'd1759e786c59d91934778283c4271e3c', NULL, 'web', NULL, 'self', 'dba41386954255b85b4defd86ee610814d4332b807f6fe03678186a48f7e566a', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (7, 1, '01a20297-4dc0-7a10-bb0e-80922b009387', 'given', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', 'photos', '871fa2405957173cb4e6c263a1157a97', NULL, 'web', NULL, 'child', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (8, 1, '01a20297-4dc0-70af-a373-e3921129c415', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '26567ee31f7eb8fdc3efae3190a9f7da', NULL, 'web', NULL, 'self', '755ede308078702ce67ddb4bf129fc4c9167516a4837acda1ebacec307feb7dd', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (9, 1, '01a20297-4dc0-7a23-ae33-cb7cb960a070', 'withdrawn', 'family-hubs', 1, 'en', 'dd91066f408074a3748d38595204b5596c36b413d5ff02a4ae17a7d26f6f1d1c', 'photos', '871fa2405957173cb4e6c263a1157a97', '01a20297-4dc0-7a10-bb0e-80922b009387', 'web', NULL, 'child', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (10, 1, '01a20297-4dc0-7214-af52-9ad0129e4492', 'withdrawal-requested', 'family-hubs', NULL, 'en', NULL, NULL, 'd60a5e630650cc8fe8926d04e118f963', NULL, 'web', NULL, NULL, 'a757838a990adc19634de73859a080eb90d9050021395905a9c9a41faa9e0b0a', '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (11, 1, '01a20297-4dc0-7e8b-a62e-7ad345f38970', 'given', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '29ea630ff898928f0cdd8b1d1fd80a6e', NULL, 'phone', 'officer-12', 'self', '0207920e89a80df8a27bbf0b12106b3d480368927f28fa8d558447c636cd6727', '2026-11-20T00:00:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (12, 1, '01a20297-4dc0-79e2-857e-af66b8cc2df9', 'withdrawn', 'family-hubs', 2, 'en', 'c768bf6f1eadc453a53f652c1bc1b8f7ef8e155e5cb3ffad5904e7418a459a40', 'service-news', '26567ee31f7eb8fdc3efae3190a9f7da', '01a20297-4dc0-70af-a373-e3921129c415', 'staff', 'DPO', 'self', NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');
INSERT INTO public.event VALUES (13, 1, '01a20297-4dc0-7e09-955b-d151d8b4fff6', 'erased', NULL, NULL, NULL, NULL, NULL, '26567ee31f7eb8fdc3efae3190a9f7da', NULL, 'staff', 'DPO', NULL, NULL, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z');


--
-- Data for Name: head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.head VALUES (1, 13, 'privacy.example.org/consents/87bc88ed
13
pLngY50vkxky7c11rBnwrEYr4uCQz7ou5fWRCiSAywM=

— privacy.example.org/consents/87bc88ed F9Qv2lpjKqmuw15vpyOMgyDQx4UraBJ9S08JJeR5IvMnTwUjQlacvNaRDhyTOEw49R2tL8Nu01i6ToIPoqXaTDTswwA=
', 'signing.pem=17d42fda token.secret=4313268262a64e93c971c0f81f8b0309 pepper=1174605f59678646e3b250197c3a3e1c details.key=e99cf549c7ba6a4a132aaa5b0d0badd5');


--
-- Data for Name: idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.idempotency VALUES ('\x263649f98feb094895d1f1fb56e520019bdf672e0cae61ee1f2c2e9d51ad25dd', '\x8ed91f8ea7a3774d14ad1f5d1cda3edbba52978c59a9e1bc5e30fe8c212c333b', '\x15de5c65bb04a86944847c29b0c4b44d', '2026-11-22T09:30:00.000Z');


--
-- Data for Name: link; Type: TABLE DATA; Schema: public; Owner: -
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
INSERT INTO public.node VALUES (7, '\xd520738d1ec377e3ddc6946f3b2b3d2284b86691ed2016e6004a7cc580813172');
INSERT INTO public.node VALUES (8, '\xe4cebe0366778da301e049076ed75dac6747e1ef3ca1096f15133aba02ce77cb');
INSERT INTO public.node VALUES (9, '\xa95b318c2aa43d3b890d2939056a253f9683ba0fd41516c7066faffa4ebd5aeb');
INSERT INTO public.node VALUES (10, '\x03ed58e395332aaf1668907c3cdcfe11ceb609ec6d746c78f60f1225afe93a51');
INSERT INTO public.node VALUES (11, '\x21ed4b8b43e968d06c64efd68583df462039c61d654438d21ec492c71ad0677c');
INSERT INTO public.node VALUES (12, '\xf6acb72411f2b4616b7b25885ba3fcd0417605d390e8152d40f6ab7bfffe6e00');
INSERT INTO public.node VALUES (13, '\xd130a12f9c095ac0c70d7cbfc409ca28ce454fd056dad7bdf79f4e01103cbb15');
INSERT INTO public.node VALUES (14, '\x8e1f8d807b5a7d9d7086862425e84db4ad612385e9baac4ed4b5a3f6213cdf7e');
INSERT INTO public.node VALUES (15, '\xd56539ea145fcf06b919a6bf7e571a9676d35d1cae214e349334f6765190d6d0');
INSERT INTO public.node VALUES (16, '\xf515f99716d226812d90bcfcb0eb651cf17af047058c40e66142d49c62b40a05');
INSERT INTO public.node VALUES (17, '\x967e6a5137a1523caeed5b131343205f4a0734602278c740fc9958ccd393beac');
INSERT INTO public.node VALUES (18, '\x1a03b4c78bf5b3e6a4ce16be464a53679924d5e4577c5419ff31b68ab0dc4fe2');
INSERT INTO public.node VALUES (19, '\x1d5e618f70a690a9fb476e57d4d36d42c87d528f9e9e1d721e7f3d86a4650968');
INSERT INTO public.node VALUES (20, '\x5cd9a20c8d2eaf04795009e298c7aef81a64c50c6ae0f9b2a3d0dded3ccb71dc');
INSERT INTO public.node VALUES (21, '\x9c6968387ebc7203189036d82afffb107932190686ee6265a9266ea758c6b980');
INSERT INTO public.node VALUES (22, '\xaf022c5ce7165df2019dd9f184ae2ac6cf3127ad83b1f2a0de86b3ff9307101e');


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES (1, 'receipt', 5, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, '\x078b6eeb56856a7c17dce2e3fe68357f13aa9bca7e246f0c016f5e3f899f694a', '2026-11-22T09:30:00.000Z');
INSERT INTO public.outbox VALUES (3, 'withdrawn', 9, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (4, 'withdrawal-requested', 10, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (5, 'link', 10, '2026-11-22T09:30:00.000Z', NULL, '2026-11-22T09:40:00.000Z', 1, 'there is nobody to write to', NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (7, 'receipt', 11, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, '\x80178716d1cc4a9432c29997888af669f2091208a182ace04364409ec31f1fa8', '2026-11-22T09:30:00.000Z');
INSERT INTO public.outbox VALUES (8, 'withdrawn', 12, '2026-11-22T09:30:00.000Z', NULL, '2026-11-22T09:30:00.000Z', 0, NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (2, 'receipt', 8, '2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:40:00.000Z', 1, NULL, NULL, NULL, '2026-11-22T09:30:00.000Z');


--
-- Data for Name: receipt; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.receipt VALUES ('\x39c03df6c0b98270763ea57d8a8fb10b', 'PQB-MMK-GH5', 'd1759e786c59d91934778283c4271e3c', 'family-hubs', '2026-11-22T09:30:00.000Z');
INSERT INTO public.receipt VALUES ('\xf401a37f0d19fc1767030b973b22d329', '0P8-3QM-WVB', '871fa2405957173cb4e6c263a1157a97', 'family-hubs', '2026-11-22T09:30:00.000Z');
INSERT INTO public.receipt VALUES ('\xdb1da01c980d43b081ad9b8c561d3eda', 'D9D-QXB-P8D', '26567ee31f7eb8fdc3efae3190a9f7da', 'family-hubs', '2026-11-22T09:30:00.000Z');
INSERT INTO public.receipt VALUES ('\x15de5c65bb04a86944847c29b0c4b44d', 'WL2-GMV-D8J', '29ea630ff898928f0cdd8b1d1fd80a6e', 'family-hubs', '2026-11-22T09:30:00.000Z');


--
-- Data for Name: subject; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.subject VALUES ('d60a5e630650cc8fe8926d04e118f963', '\xfab78bacdce1a8acc33010b310e19e8951fcc5fcfa5a1a23ff5dac19db04a040ea058f5ea10ba93d733a6847c130be0c57525ba90c9791faf99a63c0', '\xaf7585c2e62808e7db6d3873dc0cd099939f0bf724a05e4b12647e679cdf649b0e2de3b691044c4d261b0f5f36d86b26f294aebe329bf7f140f22c83adcb65fb04e96cfc69dbf5e85bd075e8cbfdfe953504', NULL, false, '2026-11-22T09:30:00.000Z', false, 2);
INSERT INTO public.subject VALUES ('29ea630ff898928f0cdd8b1d1fd80a6e', '\xb478fb4005fd332b416f6737b8d809b1b5961c7ca9ef7f216b775b8c5a6a39de4061a139ae32c292ac35644d3d1b7142bca5533a621ea42d339c85bf', '\x1971711678cecaf06d39f1bae2a4436a4a1513a8182fe5a50cc22ca4ff7c6537cf2a7c47bf1bd43edbeaacf03915fccb29f5de5e66c521b94aa4c6276a93aeea85a0fbdf37c2317f95879a7da07991781d72f3f7f6056b06a9cf313166', '\x80178716d1cc4a9432c29997888af669f2091208a182ace04364409ec31f1fa8', false, '2026-11-22T09:30:00.000Z', false, 2);
INSERT INTO public.subject VALUES ('d1759e786c59d91934778283c4271e3c', '\x1c9be171f45788ea948517e34fb8210c47b18c0aa3df92a635c795b28226fb4722007b89e9eb525a4659f5fc561dd1b4831f64f50c8a189cf1b00edc', '\x8d7661e144d8fc087698540d9521dc28d10aca01d39e59a8a5fecb1c8b8d3873b67e556a100210ec45f7b2c45f86bc8e51639b74e90ffb4a8d84ac79ac59f5311810a70e5f7851c7', '\x078b6eeb56856a7c17dce2e3fe68357f13aa9bca7e246f0c016f5e3f899f694a', true, '2026-11-22T09:30:00.000Z', false, 2);


--
-- Name: action_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.action_id_seq', 1, false);


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
-- Name: outbox outbox_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_seq_fkey FOREIGN KEY (seq) REFERENCES public.event(seq);


--
-- PostgreSQL database dump complete
--


