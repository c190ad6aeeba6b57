using System.Runtime.InteropServices;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Rules.Trying;

/// <summary>
/// Runs a rule over what one thing read: piece by piece, so that memory does not grow with the period. A reading counts as having arrived when it
/// was taken; of a corrected one the last word counts.
/// </summary>
internal sealed class ThingPast
{
    // More than anybody will look at: such a rule is given up for the thing.
    private const int MostAlarms = 10_000;

    // Readings of a piece, about: two of them are held at a time.
    private const int PieceReadings = 400_000;

    private static readonly TimeSpan FirstPiece = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestPiece = TimeSpan.FromDays(32);

    private readonly ReadingQueries queries;
    private readonly ThingRules rules;
    private readonly (Property Property, int Series)[] inputs;
    private readonly bool watchesSilence;
    private readonly List<RuleEvent> events = [];
    private readonly List<Reading> picture = [];
    private long piece = Instant.Of(FirstPiece);

    // The piece after the one at hand: the engine reads it while that one is judged.
    private (long End, Task<ReadingWindow> Window)? ahead;

    /// <param name="since">Where the period begins; silence counts from here.</param>
    public ThingPast(Thing thing, TypeRules plan, RuleCounters counters, ReadingQueries queries, SeriesRegistry registry, long since)
    {
        (this.queries, rules) = (queries, new ThingRules(thing, plan.Lanes[0], counters, new Neighbours((each, region) => each.Region == region), since));
        inputs =
        [
            .. plan.Lanes[0].Inputs.Select(slot => plan.Type.Properties[slot])
                .Select(property => (property, registry.Find(thing.Id, property.Id)?.Number ?? 0)).Where(input => input.Item2 > 0),
        ];
        watchesSilence = plan.Rules.Any(rule => rule.Rule.Absent is not null);
    }

    /// <summary>Alarms so far, in the order of time.</summary>
    public List<TriedAlarm> Alarms { get; } = [];

    /// <summary>It raised so many that the rest was left out.</summary>
    public bool IsFlooded => Alarms.Count >= MostAlarms;

    /// <summary>Readings so far.</summary>
    public long Readings { get; private set; }

    /// <summary>Runs the next piece from <paramref name="from"/> on; answers where it ended: at <paramref name="to"/> when it is flooded.</summary>
    /// <param name="isFirst">What held before is looked for.</param>
    /// <param name="to">Where the period ends: delays and silences run up to there.</param>
    public async Task<long> RunAsync(long from, long to, bool isFirst)
    {
        var end = to;
        if (inputs.Length > 0)
        {
            (end, var reading) = ahead ?? Read(from, to, isFirst);
            var window = await reading;
            piece = Math.Clamp((end - from) * PieceReadings / Math.Max(1, Count(window)), Instant.PerMinute, Instant.Of(LongestPiece));
            ahead = end < to ? Read(end, to, carriesIn: false) : null;
            Merge(window, isFirst);
        }

        if (end == to)
        {
            rules.Tick(to, events);
        }

        Keep();
        return IsFlooded ? to : end;
    }

    private (long End, Task<ReadingWindow> Window) Read(long from, long to, bool carriesIn)
    {
        var end = Math.Min(to, from + piece);
        var texts = inputs.ToLookup(input => ReadingTable.IsText(input.Property.Kind), input => (long)input.Series);
        return (end, queries.ReadAsync([.. texts[false]], [.. texts[true]], from, end, carriesIn));
    }

    private long Count(ReadingWindow window) => inputs.Sum(input =>
        ReadingTable.IsText(input.Property.Kind) ? window.Texts(input.Series).Points.Length : window.Numbers(input.Series).Points.Length);

    private void Merge(ReadingWindow window, bool isFirst)
    {
        var runs = inputs.Select(input => Run.Of(window, input.Property, input.Series)).ToArray();
        if (isFirst)
        {
            foreach (var run in runs)
            {
                run.Seed(rules);
            }
        }

        while (true)
        {
            var time = long.MaxValue;
            foreach (var run in runs)
            {
                time = Math.Min(time, run.Time);
            }

            if (time == long.MaxValue)
            {
                return;
            }

            picture.Clear();
            foreach (var run in runs)
            {
                if (run.Time == time)
                {
                    picture.Add(run.Take(rules.Thing));
                }
            }

            Readings += picture.Count;
            if (watchesSilence)
            {
                rules.Tick(time, events);
            }

            rules.Take(CollectionsMarshal.AsSpan(picture), long.MaxValue, events);
        }
    }

    private void Keep()
    {
        foreach (var said in events)
        {
            if (said.Transition == RuleTransition.Raise)
            {
                Alarms.Add(new TriedAlarm(new AlarmSpan(Instant.Of(said.At), null), Explanation.Of(said)));
            }
            else if (Alarms.Count > 0)
            {
                Alarms[^1] = Alarms[^1] with { Span = Alarms[^1].Span with { Cleared = Instant.Of(said.At) } };
            }
        }

        events.Clear();
    }

    /// <summary>The points of one property, one after the other.</summary>
    private abstract class Run
    {
        private int at;

        /// <summary>Of the next one; <see cref="long.MaxValue"/> behind the last.</summary>
        public long Time { get; private set; } = long.MaxValue;

        public static Run Of(ReadingWindow window, Property property, int series) => ReadingTable.IsText(property.Kind)
            ? new Run<string>(window.Texts(series), property, series, (kind, text) => new ReadingValue(kind, 0, text))
            : new Run<double>(window.Numbers(series), property, series, (kind, number) => new ReadingValue(kind, number, null));

        public abstract void Seed(ThingRules rules);

        public Reading Take(Thing thing)
        {
            var taken = At(at, thing);
            Move(at + 1);
            return taken;
        }

        protected abstract long? TimeAt(int index);

        protected abstract Reading At(int index, Thing thing);

        protected void Move(int to) => (at, Time) = (to, TimeAt(to) ?? long.MaxValue);
    }

    private sealed class Run<T> : Run
    {
        private readonly SeriesWindow<T> window;
        private readonly Property property;
        private readonly int series;
        private readonly Func<PropertyKind, T, ReadingValue> value;

        public Run(SeriesWindow<T> window, Property property, int series, Func<PropertyKind, T, ReadingValue> value)
        {
            (this.window, this.property, this.series, this.value) = (window, property, series, value);
            Move(0);
        }

        public override void Seed(ThingRules rules)
        {
            if (window.Before is { } before)
            {
                rules.Seed(property.Id, value(property.Kind, before.Value), before.Time);
            }
        }

        protected override long? TimeAt(int index) => index < window.Points.Length ? window.Points[index].Time : null;

        protected override Reading At(int index, Thing thing)
        {
            var point = window.Points[index];
            return new Reading(thing, property, series, point.Time, point.Time, value(property.Kind, point.Value), point.Quality, null);
        }
    }
}
