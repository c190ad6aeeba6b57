using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Server.Rules;

/// <summary>The messages of a pack's test, read by the decoder of the pack's plug-in as live ones are.</summary>
/// <param name="faults">Told what could not be read.</param>
internal sealed class TestMessages(Pack pack, PackTest test, List<PackTestFailure> faults)
{
    private static readonly int MostReadings = new TelemetryOptions().MessageReadings;

    private readonly PackSet packs = new([pack]);

    /// <summary>Values with their times, in the order of the message; as tests write them.</summary>
    public IEnumerable<(string Property, long At, object Value)> Read(Thing thing, TestReading message)
    {
        if (packs.Channel(ReadingsTopic.Protocol, thing.Type) is not { } channel || packs.Decoder(channel) is not { } decoder)
        {
            faults.Add(new(test, message.Line, $"no decoder reads the messages of {thing.Id}"));
            return [];
        }

        var decoded = new DecodedMessage(thing.Id, MostReadings);
        if (decoded.Read(decoder, new(thing.Id, Topic.ForReadings(thing.Id), message.Payload, message.At)) is var (_, detail))
        {
            faults.Add(new(test, message.Line, $"the message of {thing.Id} cannot be read: {detail}"));
            return [];
        }

        var type = packs.Type(thing.Type);
        foreach (var odd in decoded.All.Where(reading => type?.Property(reading.Property) is not { } property || !reading.Value.Fits(property.Kind)))
        {
            faults.Add(new(test, message.Line, $"the decoder gives {odd.Property} = {odd.Value.ToJson()}, which {thing.Type} does not have"));
        }

        return decoded.All.Select(reading => (reading.Property, reading.Time ?? Instant.Of(message.At), ValueOf(reading.Value)));
    }

    private static object ValueOf(in RawValue value) => value.Kind switch
    {
        RawKind.Number => value.Number,
        RawKind.Boolean => value.Number != 0,
        RawKind.Position => new[] { value.Number, value.Latitude },
        _ => value.Text!,
    };
}
