using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server.Directory;
using Jingwei.Server.Indicators;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>
/// Plays a pack's test: its readings through rules and indicators, at once and in memory. Each reading arrives when it was
/// taken; indicators are asked for the whole window that holds the time, alarms for what a rule said at exactly that time.
/// </summary>
public static class PackTrial
{
    // How long time goes on after the last reading: delays and silences have run out by then.
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(1);

    /// <summary>What came out otherwise than the test says of indicators and alarms. Cases are for those who know them: see <see cref="Events"/>.</summary>
    public static IReadOnlyList<PackTestFailure> Play(Pack pack, PackTest test)
    {
        var packs = new PackSet([pack]);
        var things = ThingsOf(test);
        List<PackTestFailure> faults = [];
        var readings = ReadingsOf(pack, test, things, faults);
        var trial = new IndicatorTrial(packs, [.. things.Values], readings, test.Zone);
        var events = Events(pack, test);
        return
        [
            .. faults,
            .. test.Indicators.Select(expected => Check(test, expected, trial)).OfType<PackTestFailure>(),
            .. test.Alarms.Select(expected => Check(test, expected, events)).OfType<PackTestFailure>(),
        ];
    }

    /// <summary>What the pack's rules say in the course of the test.</summary>
    public static IReadOnlyList<RuleEvent> Events(Pack pack, PackTest test)
    {
        var things = ThingsOf(test);
        var readings = ReadingsOf(pack, test, things, []);
        var end = readings.Count == 0 ? 0 : readings.Max(reading => reading.Arrived) + Instant.Of(Afterwards);
        return RuleTrial.Run(new PackSet([pack]), [.. things.Values], readings, end);
    }

    private static Dictionary<string, Thing> ThingsOf(PackTest test)
    {
        var created = test.Readings.IsEmpty ? DateTimeOffset.UnixEpoch : test.Readings.Min(reading => reading.At);
        return test.Things.ToDictionary(
            thing => thing.Id,
            thing => new Thing(thing.Id, thing.Type, thing.Id, "root", "root", thing.Parent, null, created, 1),
            StringComparer.Ordinal);
    }

    private static List<Reading> ReadingsOf(Pack pack, PackTest test, Dictionary<string, Thing> things, List<PackTestFailure> faults)
    {
        var types = pack.Types.ToDictionary(type => type.Id, StringComparer.Ordinal);
        var messages = new TestMessages(pack, test, faults);
        var numbers = new Dictionary<(string, string), long>();
        var readings = new List<Reading>();
        foreach (var reading in test.Readings.Where(reading => things.ContainsKey(reading.Thing)))
        {
            var thing = things[reading.Thing];
            var values = reading.Payload is null
                ? reading.Values.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => (Property: each.Key, At: Instant.Of(reading.At), each.Value))
                : messages.Read(thing, reading);
            foreach (var (name, at, value) in values)
            {
                if (types.GetValueOrDefault(thing.Type)?.Property(name) is { } property)
                {
                    var series = numbers.TryGetValue((thing.Id, name), out var known) ? known : numbers.Count + 1;
                    numbers[(thing.Id, name)] = series;
                    var inRange = value is not double number || (!(number < property.Min) && !(number > property.Max));
                    readings.Add(new Reading(
                        thing, property, series, at, Instant.Of(reading.At), ValueOf(property, value), inRange ? Quality.Good : Quality.Uncertain, inRange ? null : "range"));
                }
            }
        }

        return readings;
    }

    private static ReadingValue ValueOf(Property property, object value) => value switch
    {
        double number => new(property.Kind, number, null),
        bool flag => new(property.Kind, flag ? 1 : 0, null),
        IEnumerable<double> position => new(property.Kind, 0, string.Join(' ', position.Select(each => each.ToString(CultureInfo.InvariantCulture)))),
        _ => new(property.Kind, 0, value.ToString()),
    };

    private static PackTestFailure? Check(PackTest test, ExpectedIndicator expected, IndicatorTrial trial)
    {
        if (trial.Value(expected.Indicator, expected.Thing, Instant.Of(expected.At)) is not var (_, outcome))
        {
            return new(test, expected.Line, $"{expected.Indicator} of {expected.Thing} has no window at that time");
        }

        var near = (outcome.Value, expected.Value) switch
        {
            (null, null) => true,
            ({ } value, { } wanted) => Math.Abs(value - wanted) <= expected.Within,
            _ => false,
        };
        return near && (expected.Band is null || expected.Band == outcome.Band)
            ? null
            : new(test, expected.Line, string.Create(
                CultureInfo.InvariantCulture,
                $"{expected.Indicator} of {expected.Thing} is {Text(outcome.Value, outcome.Band)}, not {Text(expected.Value, expected.Band)}"));
    }

    private static PackTestFailure? Check(PackTest test, ExpectedAlarm expected, IReadOnlyList<RuleEvent> events)
    {
        var transition = expected.Raised ? RuleTransition.Raise : RuleTransition.Clear;
        var said = events.Where(each => each.Rule.Id == expected.Rule && each.Thing == expected.Thing && each.Transition == transition).ToList();
        return said.Any(each => each.At == expected.At)
            ? null
            : new(test, expected.Line, $"{expected.Rule} of {expected.Thing} is not {(expected.Raised ? "raised" : "cleared")} then, but {Times(said)}");
    }

    private static string Text(double? value, Band? band) =>
        string.Create(CultureInfo.InvariantCulture, $"{value?.ToString("R", CultureInfo.InvariantCulture) ?? "not defined"}{(band is null ? "" : $" ({band})")}");

    private static string Times(List<RuleEvent> said) =>
        said.Count == 0 ? "never" : string.Join(", ", said.Select(each => Instant.Format(Instant.Of(each.At))));
}
