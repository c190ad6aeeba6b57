using System.Collections.Concurrent;
using System.Threading.Channels;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>Good readings of series of things, each run with the last one before <paramref name="From"/>; nothing at or after <paramref name="To"/>.</summary>
/// <param name="Stamp">The answer holds everything that was accepted up to this stamp.</param>
public sealed record SampleQuery(IReadOnlyCollection<(string Thing, string Property)> Series, long From, long To, long Stamp);

/// <summary>Asks the engine; the answer is by thing and property.</summary>
public delegate Task<IReadOnlyDictionary<(string Thing, string Property), SampleRun>> ReadSamples(SampleQuery query, CancellationToken cancellation);

/// <summary>
/// The indicators of all things as of now, and the correction of past ones by late readings. <see cref="Accept"/> takes what
/// was accepted, <see cref="RoundAsync"/> computes; readings of any number cost a round no more than its limits.
/// </summary>
public sealed class LiveIndicators(
    PackCatalog catalog, ThingTree tree, Func<IEnumerable<Thing>> things, Func<string, TimeZoneInfo> zoneOf, ReadSamples read,
    IndicatorHistory history, TimeProvider time, ShiftsOf? shiftsOf = null)
{
    /// <summary>Microseconds after a window's end in which readings still on their way belong to it without being corrections.</summary>
    internal const long Grace = 10_000_000;

    // The engine shows what was accepted within a second; with what is on its way, this long after a sheet became stale is soon enough.
    private const long Settle = 1_500_000;

    // A correction by itself is computed at once; a sheet is not computed so again before this long after, so that readings that trickle in
    // late make no more than a revision a second.
    private const long Prompt = 1_000_000;

    // Where more comes in, a past window is computed when no more comes in for it, one that a change is only carried into a little later,
    // and none while an import is running: so that each is computed about once and an import is not a string of corrections. But not
    // later than the patience.
    private const long Quiet = 2_000_000;
    private const long QuietCarried = 10_000_000;
    private const long Patience = 60_000_000;

    // Past readings in a second that make an import; devices that catch up send fewer.
    private const int Import = 500;

    // Past readings of late, each second's counting half of the one after it, up to which they are corrections by themselves.
    private const int Few = 64;

    private const long Second = 1_000_000;

    // A round reads at most so many sheets: about 256 x 600 readings of a shift every ten seconds or so.
    private const int SheetsPerRound = 256;
    private const long SpanPerRound = 8 * 86_400_000_000L;

    // Between two ticks of the clock smaller changes of a value are kept to ourselves: half of what a percentage with one decimal shows.
    private const double WorthTelling = 0.0005;

    private const string ComputedTo = "computed-to";
    private const string Stamp = "stamp";

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<(string Indicator, string Thing), IndicatorValue> current = [];
    private SheetBook? sheets;
    private SheetFigures? figures;
    private PassingWindows? passing;
    private long accepted = history.Mark(Stamp) ?? 0;
    private long safe = history.Mark(Stamp) ?? 0;
    private long importedAt;
    private long tickedAt;
    private int lately;
    private bool grew;
    private bool pastTurn;

    // One is enough: a round takes all that came before it.
    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Has something when a round would correct a past figure now; one need not wait for the next second.</summary>
    public ChannelReader<bool> Woken => woken.Reader;

    /// <summary>Values that changed, after past ones are on disk.</summary>
    public Feed<IndicatorValue> Changes { get; } = new();

    /// <summary>The newest value of every indicator of every thing.</summary>
    public ICollection<IndicatorValue> Current => current.Values;

    /// <summary>All that is in force now, compiled.</summary>
    public IndicatorPlan Plan
    {
        get
        {
            lock (gate)
            {
                return Book.Plan;
            }
        }
    }

    /// <summary>
    /// The stamp up to which every accepted reading's past windows are computed and stored; readings after it may not
    /// be, and are to be handed to <see cref="Recompute"/> after a restart. Null before the first.
    /// </summary>
    public long? ComputedStamp => history.Mark(Stamp);

    /// <summary>Sheets that wait to be counted from the engine; 0 when all is up to date.</summary>
    public int Backlog
    {
        get
        {
            lock (gate)
            {
                return Book.Stale.Count();
            }
        }
    }

    // Made when first used; a new set of packs starts over: open windows are counted anew, past ones stand as they were computed, but for
    // corrections that were still to be made.
    private SheetBook Book
    {
        get
        {
            if (sheets?.Plan.Packs != catalog.Current)
            {
                var (before, plan) = (sheets, new IndicatorPlan(catalog.Current));
                var cutter = new WindowCutter(plan, plan.HasPlaces ? tree : tree.WithoutPlaces(), zoneOf, shiftsOf ?? ((_, _) => null));
                sheets = new SheetBook(cutter, new WindowCounts(history.Counts));
                if (before is not null)
                {
                    sheets.TakeOver(before, Instant.Of(time.GetUtcNow()));
                }

                figures = new SheetFigures(sheets, new OwnDefinitions(cutter));
                history.Define([.. sheets.Plan.All.Select(planned => planned.Definition)], time.GetUtcNow());
                var places = sheets.Tree.Places;
                passing = new PassingWindows(
                    sheets, () => places is null ? things() : things().Concat(places.All), passing is null ? history.Mark(ComputedTo) : null);
                foreach (var key in current.Keys.Where(key => sheets.Plan.Find(key.Indicator) is null))
                {
                    current.TryRemove(key, out _);
                }
            }

            return sheets;
        }
    }

    public IndicatorValue? Find(string indicator, string thing) => current.GetValueOrDefault((indicator, thing));

    /// <summary>True when any indicator counts readings of things like this one.</summary>
    public bool Counts(Thing thing) => Plan.Counts(thing.Type);

    /// <summary>Takes the readings of one batch; only good ones count, others take back what was good for their time.</summary>
    /// <param name="stamp">The batch's place in the order of all that was accepted.</param>
    public void Accept(IEnumerable<Reading> readings, long stamp)
    {
        lock (gate)
        {
            var (now, book) = (Instant.Of(time.GetUtcNow()), Book);
            // In the order of time, and what a growth at the same time depends on before it.
            foreach (var reading in readings.OrderBy(each => each.Time).ThenBy(each => book.Plan.GoesBefore(each.Property.Id) ? 0 : 1))
            {
                if (reading.Quality == Quality.Good)
                {
                    book.Add(reading.Thing, reading.Property.Id, Sample.Of(reading.Time, reading.Value), now);
                }
                else
                {
                    book.Retract(reading.Thing, reading.Property.Id, reading.Time, now);
                }
            }

            accepted = stamp;
            if (book.HasCorrections && lately + book.PastReadings <= Few)
            {
                woken.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Has a span of a thing's past computed anew.</summary>
    /// <param name="from">Microseconds UTC.</param>
    /// <param name="to">Microseconds UTC.</param>
    public void Recompute(Thing thing, string property, long from, long to)
    {
        lock (gate)
        {
            var (now, book) = (Instant.Of(time.GetUtcNow()), Book);
            var cause = new RevisionCause(RevisionKind.Restart, thing.Id, property, from, to, 0, now);
            if (to >= now)
            {
                book.TouchAhead(thing, property, to);
            }

            book.Touch(thing, property, from, Math.Min(to, now - 1), cause, now);
        }
    }

    /// <summary>One round: reads what is stale, evaluates what changed, stores what is over. True when more can be done at once.</summary>
    public async Task<bool> RoundAsync(CancellationToken cancellation)
    {
        SheetBook book;
        SheetFigures made;
        List<Sheet> stale;
        long seen;
        lock (gate)
        {
            (book, made) = (Book, figures!);
            var now = Instant.Of(time.GetUtcNow());
            book.Advance(now);
            if (now - tickedAt >= Second * 9 / 10)
            {
                Tick(book, now);
            }

            seen = accepted;
            safe = book.HasPast(now) ? safe : accepted;
            stale = Select(book, now);
        }

        await CountAsync(book, stale, seen, cancellation);
        var (past, live, definitions) = Evaluate(book, made);
        history.Define(definitions, time.GetUtcNow());
        await PublishAsync(book, past, live, cancellation);
        return stale.Count > 0 && IsMoreReady(book);
    }

    private void Tick(SheetBook book, long now)
    {
        tickedAt = now;
        grew |= passing!.Pass(now);
        var taken = book.TakePastReadings();
        lately = (lately / 2) + taken;
        importedAt = taken >= Import ? now : importedAt;
    }

    private bool IsMoreReady(SheetBook book)
    {
        lock (gate)
        {
            var now = Instant.Of(time.GetUtcNow());
            return book.Stale.Any(sheet => IsReady(sheet, now));
        }
    }

    private List<Sheet> Select(SheetBook book, long now)
    {
        var ready = book.Stale.Where(sheet => IsReady(sheet, now)).ToList();
        var past = ready.Where(sheet => sheet.Window.To <= now).OrderBy(sheet => sheet.Window.From).ToList();
        var here = ready.Where(sheet => sheet.Window.To > now).ToList();
        pastTurn = !pastTurn;
        var turn = (pastTurn && past.Count > 0) || here.Count == 0 ? past : here;
        return [.. turn.TakeWhile(sheet => sheet.Window.From - turn[0].Window.From <= SpanPerRound).Take(SheetsPerRound)];
    }

    private bool IsReady(Sheet sheet, long now)
    {
        var prompt = lately <= Few && now - importedAt >= Quiet && (sheet.CountedAt is not { } counted || now - counted >= Prompt);
        if (prompt || sheet.Window.To > now)
        {
            return prompt || now - sheet.StaleSince >= Settle;
        }

        var quiet = Math.Min(now - sheet.TouchedAt, now - importedAt) >= Quiet && now - sheet.TouchedAt >= (sheet.IsOnlyCarried ? QuietCarried : Quiet);
        return quiet || now - sheet.StaleSince >= Patience;
    }

    private async Task CountAsync(SheetBook book, List<Sheet> stale, long seen, CancellationToken cancellation)
    {
        if (stale.Count == 0)
        {
            return;
        }

        var series = stale.SelectMany(sheet => book.PropertiesOf(sheet).Select(property => (sheet.Thing.Id, property))).Distinct().ToList();
        var query = new SampleQuery(
            series, stale.Min(sheet => sheet.Window.From) - book.Plan.LookBack, Math.Min(stale.Max(sheet => sheet.Window.To), Instant.Of(time.GetUtcNow())), seen);
        var runs = await read(query, cancellation);
        lock (gate)
        {
            var now = Instant.Of(time.GetUtcNow());
            foreach (var sheet in stale.Where(sheet => book.Find(sheet.Window, sheet.Thing.Id) == sheet))
            {
                var own = book.PropertiesOf(sheet)
                    .Where(property => runs.ContainsKey((sheet.Thing.Id, property)))
                    .ToDictionary(property => property, property => runs[(sheet.Thing.Id, property)], StringComparer.Ordinal);
                book.Count(sheet, own, now);
            }
        }
    }

    private (List<IndicatorValue> Past, List<IndicatorValue> Live, IReadOnlyList<IndicatorDefinition> Definitions) Evaluate(SheetBook book, SheetFigures figures)
    {
        var (past, live) = (new List<IndicatorValue>(), new List<IndicatorValue>());
        lock (gate)
        {
            var now = Instant.Of(time.GetUtcNow());
            // Days first: weeks and months are made of them.
            foreach (var ofDays in new[] { false, true })
            {
                foreach (var (window, changed) in book.TakeToEvaluate(ofDays))
                {
                    var over = window.To + Grace <= now;
                    (over ? past : live).AddRange(figures.Evaluate(window, changed, now, over, time.GetUtcNow()));
                    if (over && !ofDays)
                    {
                        figures.Keep(window, changed.Keys);
                    }

                    if (window.Kind == IndicatorWindow.Day)
                    {
                        figures.HandOn(window, changed, now);
                    }
                }
            }

            return (past, live, figures.Definitions.TakeAdded());
        }
    }

    private async Task PublishAsync(SheetBook book, List<IndicatorValue> past, List<IndicatorValue> live, CancellationToken cancellation)
    {
        var counts = book.Kept.TakeChanged();
        IReadOnlyList<IndicatorValue> saved = past.Count > 0 || counts.Count > 0 || grew
            ? history.Save(past, counts, [(ComputedTo, Instant.Of(time.GetUtcNow()) - Grace), (Stamp, safe)])
            : [];
        book.Kept.Trim();
        foreach (var value in saved.Concat(live))
        {
            var key = (value.Indicator, value.Thing);
            var before = current.GetValueOrDefault(key);
            if (before is null || value.Window.From >= before.Window.From)
            {
                current[key] = value;
            }

            if (value.Complete || IsNews(before, value))
            {
                await Changes.PublishAsync(value, cancellation);
            }
        }

        grew = false;
    }

    private bool IsNews(IndicatorValue? before, IndicatorValue value) =>
        before?.Window != value.Window || before.Outcome.Band != value.Outcome.Band ||
        (grew
            ? !before.Outcome.Same(value.Outcome)
            : before.Outcome.Value is null != value.Outcome.Value is null ||
                Math.Abs((before.Outcome.Value - value.Outcome.Value) ?? 0) >= WorthTelling * Math.Max(1, Math.Abs(value.Outcome.Value ?? 0)));
}
