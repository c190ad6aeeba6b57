using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Jingwei.Cel;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Rules.Trying;

/// <summary>What one property of a thing was, read piece by piece and taken one after the other.</summary>
/// <param name="slot">The property's place among the values that rules read.</param>
internal abstract class PastRun(Property property, Series series, int slot)
{
    private ArraySegment<long> times;
    private ArraySegment<Quality> qualities;

    public Series Series => series;

    public int Slot => slot;

    public bool IsText => ReadingTable.IsText(property.Kind);

    /// <summary>The place of the next one.</summary>
    public int At { get; private set; }

    /// <summary>When the next one was; <see cref="long.MaxValue"/> behind the last.</summary>
    public long Time { get; private set; } = long.MaxValue;

    protected PropertyKind Kind => property.Kind;

    public static PastRun Of(Property property, Series series, int slot) =>
        ReadingTable.IsText(property.Kind) ? new TextRun(property, series, slot) : new NumberRun(property, series, slot);

    /// <summary>What held before, when it is known.</summary>
    public abstract void Seed(ThingRules rules, ReadingWindow before);

    /// <summary>The next piece.</summary>
    public abstract void Take(ReadingColumns numbers, ReadingTexts texts);

    /// <summary>The place of the first one from here on that was not before a time.</summary>
    public int Before(long until)
    {
        if (Time >= until)
        {
            return At;
        }

        var found = times.AsSpan(At).BinarySearch(until);
        return At + (found < 0 ? ~found : found);
    }

    public long TimeOf(int place) => times[place];

    /// <summary>Puts the next one into the picture, and goes on to the one after.</summary>
    public void Put(ThingRules rules)
    {
        rules.Put(slot, ValueOf(At), QualityOf(At), Time, Time);
        MoveTo(At + 1);
    }

    /// <summary>Whether all up to a place can be trusted enough to be judged.</summary>
    public bool IsUsable(int end) => qualities.Count == 0 || !qualities.AsSpan(At, end - At).Contains(Quality.Bad);

    /// <summary>A range with all usable ones up to a place in it.</summary>
    public abstract CelRange With(CelRange range, int end);

    /// <summary>Passes over all up to a place: the last usable one is what the property is now.</summary>
    public void Pass(ThingRules rules, int end)
    {
        for (var place = end - 1; place >= At; place--)
        {
            if (QualityOf(place) != Quality.Bad)
            {
                rules.Pass(slot, ValueOf(place), times[place]);
                break;
            }
        }

        MoveTo(end);
    }

    public Quality QualityOf(int place) => qualities.Count == 0 ? Quality.Good : qualities[place];

    public void MoveTo(int place) => (At, Time) = (place, place < times.Count ? times[place] : long.MaxValue);

    public ReadOnlySpan<long> TimesTo(int end) => times.AsSpan(At, end - At);

    protected abstract ReadingValue ValueOf(int place);

    protected void Start(ArraySegment<long> of, ArraySegment<Quality> quality)
    {
        (times, qualities) = (of, quality);
        MoveTo(0);
    }

    private sealed class NumberRun(Property property, Series series, int slot) : PastRun(property, series, slot)
    {
        private ArraySegment<double> numbers;

        public override void Seed(ThingRules rules, ReadingWindow before)
        {
            if (before.Numbers(Series.Number).Before is { } point)
            {
                rules.Pass(Slot, new ReadingValue(Kind, point.Value, null), point.Time);
            }
        }

        public override void Take(ReadingColumns columns, ReadingTexts texts)
        {
            var run = columns.Of(Series.Number);
            numbers = run.Values;
            Start(run.Times, run.Qualities);
        }

        public override CelRange With(CelRange range, int end)
        {
            if (IsUsable(end))
            {
                return Span(numbers.AsSpan(At, end - At), range);
            }

            for (var place = At; place < end; place++)
            {
                range = QualityOf(place) == Quality.Bad ? range : range.With(numbers[place]);
            }

            return range;
        }

        protected override ReadingValue ValueOf(int place) => new(Kind, numbers[place], null);

        private static CelRange Span(ReadOnlySpan<double> values, CelRange range)
        {
            var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
            if (vectors.Length > 0)
            {
                var (low, high) = (vectors[0], vectors[0]);
                foreach (var vector in vectors[1..])
                {
                    (low, high) = (Vector256.Min(low, vector), Vector256.Max(high, vector));
                }

                for (var lane = 0; lane < Vector256<double>.Count; lane++)
                {
                    range = range.With(low[lane]).With(high[lane]);
                }
            }

            foreach (var value in values[(vectors.Length * Vector256<double>.Count)..])
            {
                range = range.With(value);
            }

            return range;
        }
    }

    private sealed class TextRun(Property property, Series series, int slot) : PastRun(property, series, slot)
    {
        private ArraySegment<string> texts;

        public override void Seed(ThingRules rules, ReadingWindow before)
        {
            if (before.Texts(Series.Number).Before is { } point)
            {
                rules.Pass(Slot, new ReadingValue(Kind, 0, point.Value), point.Time);
            }
        }

        public override void Take(ReadingColumns columns, ReadingTexts found)
        {
            var run = found.Of(Series.Number);
            texts = run.Values;
            Start(run.Times, run.Qualities);
        }

        // Texts have no range.
        public override CelRange With(CelRange range, int end) => range;

        protected override ReadingValue ValueOf(int place) => new(Kind, 0, texts[place]);
    }
}
