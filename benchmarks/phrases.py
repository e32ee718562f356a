"""The words that benchmarks/author.py writes issues with."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().split("\n"))


ACTORS = _lines(
    """buyer
    seller
    shop owner
    support agent
    product owner
    developer
    warehouse clerk
    guest
    returning customer
    accountant
    translator
    site administrator
    api client
    courier
    reviewer
    new colleague"""
)
VERBS = _words(
    """
    show sort export import archive restore validate cache compress encrypt rename merge split retry
    schedule cancel approve reject assign notify translate resize upload download render parse index
    search filter group summarise migrate replicate throttle audit sign verify preview duplicate
    publish withdraw refund charge ship label scan reconcile estimate forecast compare highlight
    collapse expand paginate autosave lock unlock subscribe unsubscribe deprecate document benchmark
    profile refactor extract inline replace remove deactivate reopen escalate transfer
    """
)
THINGS = _lines(
    """invoice
    receipt
    basket
    delivery address
    stock level
    price list
    discount code
    payment method
    gift card
    parcel label
    return form
    product image
    size chart
    review
    wish list
    order history
    newsletter
    login form
    password reset
    session token
    audit trail
    access log
    search index
    category tree
    tax rate
    currency
    exchange rate
    shipping zone
    pickup point
    opening hours
    contact form
    chat window
    push message
    cookie banner
    consent record
    backup
    snapshot
    migration script
    feature flag
    rate limit
    webhook
    access key
    queue
    worker
    retry policy
    dead letter
    dashboard
    chart
    report
    csv file
    spreadsheet
    pdf
    barcode
    serial number
    batch
    supplier
    purchase order
    credit note
    dunning letter
    subscription
    trial period
    voucher
    loyalty points
    referral link
    landing page
    banner
    carousel
    thumbnail
    video
    subtitle
    translation
    glossary
    date picker
    time zone
    calendar
    reminder
    attachment
    comment
    mention
    avatar
    profile
    role
    permission
    team
    workspace
    tenant
    certificate
    proxy
    header
    redirect
    sitemap
    robots file
    canonical link
    schema
    column
    constraint
    transaction
    lock
    cursor
    stream
    buffer
    heap dump
    thread pool"""
)
PLACES = _lines(
    """checkout
    back office
    mobile app
    admin panel
    public api
    nightly job
    search page
    account page
    warehouse screen
    partner portal
    mail service
    billing service
    import pipeline
    test environment
    data warehouse
    command line
    settings
    onboarding
    sidebar
    footer
    gateway
    scheduler
    sync engine
    plugin host
    editor
    viewer
    installer
    updater"""
)
SYSTEMS = _words(
    """
    Windows macOS Ubuntu Debian Android Firefox Chromium Safari PostgreSQL SQLite Redis Kafka Nginx
    Docker Kubernetes Terraform Jenkins Keycloak Stripe Klarna Elasticsearch RabbitMQ Grafana
    Prometheus Hetzner Azure
    """
)
FAILURES = _lines(
    """is not updated
    disappears
    crashes
    returns an empty list
    hangs for minutes
    is shown twice
    throws an exception
    loses its order
    shows the wrong total
    is cut off
    cannot be saved
    ignores the time zone
    leaks memory
    fails silently
    blocks the whole page
    is not accessible by keyboard"""
)
CONDITIONS = _lines(
    """when the network is slow
    after an update
    if the list is empty
    with more than a thousand rows
    on the first visit
    behind a proxy
    for guests without an account
    when two people edit at once
    in private windows
    with a screen reader
    at the end of the month
    when the clock changes
    after the session has expired
    if the file holds umlauts
    while a backup is running
    on small screens"""
)
BENEFITS = _lines(
    """fewer people call support
    I can plan my week
    nobody pays twice
    the numbers of the month are right
    we can answer within a day
    I do not have to type it again
    auditors find what they ask for
    returns are handled the same day
    mistakes are seen before they cost money
    we can switch the provider later"""
)
NOTES = _lines(
    """Design: https://design.example/file/4711
    cc @anna @bert
    Depends on the new login.
    Out of scope: the old app.
    TBD: who tests this?
    Related to #1234 and #87.
    Estimated together with the team on Tuesday.
    _Imported from the old tracker._"""
)
SENTENCES = _lines(
    """The {thing} {failure} {condition}, and the {actor} has to {verb} the {other} by hand.
    We {verb} the {thing} in the {place} {condition}.
    Since version {count} the {place} {failure} {condition}.
    I expected the {thing} to be there, but the {other} {failure}.
    `{name}` should {verb} every {thing} before the {other} is sent to {system}.
    On {system} the {thing} {failure}, on other systems it does not.
    It would be great to {verb} the {thing} from the {place}, so that {benefit}.
    {count} {thing} records were left over after the last run of `{name}`.
    See https://docs.example/{place}/{count} for how the {thing} and the {other} belong together.
    Click on the {thing} and then {verb} the {other}.
    Open the {place} and {verb} the {thing} {condition}.
    The **{thing}** must not {verb} the {other} twice.
    Today the {actor} needs {count} seconds to {verb} a {thing}; it should take less than two.
    A workaround is to {verb} the {thing} in the {place} first.
    This was discussed with the {actor}: the {thing} stays where it is, the {other} moves to the {place}.
    Then the {thing} is shown in the {place} and the {other} is not.
    Do we have to {verb} the {thing} as well, or only the {other}?
    The {actor} sees an error that says nothing about the {thing}.
    Nobody knows why the {other} {failure} {condition}.
    Please {verb} the {thing} of the {place}; the {other} can wait until {system} is updated.
    When the {actor} opens the {place}, the {thing} is loaded by `{name}` within {count} ms.
    In {system} this works, because there the {other} is optional.
    The response holds a {thing} and {count} rows, of which the {place} shows only the first.
    That makes it hard for the {actor} to {verb} anything else, and {benefit} only by chance."""
)
GERMAN = _lines(
    """Als Käuferin möchte ich {thing} in {place} sehen, damit ich weiß, was ich zahle.
    Der Export von {thing} schlägt seit dem letzten Update fehl, die Seite bleibt leer.
    ## Akzeptanzkriterien
    - [ ] {thing} wird nach höchstens {count} Sekunden angezeigt
    - [ ] Ohne {other} erscheint eine verständliche Meldung
    Bitte prüfen, ob {thing} und {other} für größere Kunden überhaupt nötig sind.
    Wenn {place} geöffnet wird, dauert es {count} Sekunden, bis {thing} geladen ist.
    Schritte: {place} öffnen, {thing} auswählen, auf Speichern drücken.
    Erwartet: {thing} wird gespeichert. Tatsächlich: {other} fehlt danach.
    Offen ist noch, wer {thing} übernimmt und bis wann {other} fertig sein muss."""
)
