using Jingwei.Sdk;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>What a decoder makes of one message.</summary>
/// <param name="most">Readings that it may have.</param>
internal sealed class DecodedMessage(string thing, int most) : DecodedReadings
{
    // A decoder's own words are cut here.
    private const int LongestFault = 500;

    private bool isFull;

    public List<RawReading> All { get; } = [];

    /// <summary>Why the message is rejected, whatever the decoder does; null when it was read.</summary>
    public (string Reason, string Detail)? Read(PayloadDecoder decoder, in ThingMessage message)
    {
        string? fault;
        try
        {
            fault = decoder(message, this);
        }
#pragma warning disable CA1031 // Whatever a plug-in throws: it must not end the connection, or anything else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fault = $"The decoder failed: {error.GetType().Name}: {error.Message}";
        }

        return fault is not null ? (RejectReason.Unparsable, fault.Length > LongestFault ? fault[..LongestFault] : fault)
            : isFull ? (RejectReason.TooLarge, $"A message has at most {most} readings.")
            : All.Count == 0 ? (RejectReason.Unparsable, "The decoder found no readings in the message.")
            : null;
    }

    public override void Add(string property, double value, DateTimeOffset? time = null) => Add(property, RawValue.Of(value), time);

    public override void Add(string property, bool value, DateTimeOffset? time = null) => Add(property, RawValue.Of(value), time);

    public override void Add(string property, string value, DateTimeOffset? time = null) =>
        Add(property, RawValue.Of(value ?? throw new ArgumentNullException(nameof(value))), time);

    public override void Add(string property, double longitude, double latitude, DateTimeOffset? time = null) => Add(property, RawValue.Of(longitude, latitude), time);

    private void Add(string property, in RawValue value, DateTimeOffset? time)
    {
        ArgumentNullException.ThrowIfNull(property);
        isFull = All.Count == most;
        if (!isFull)
        {
            All.Add(new RawReading(thing, property, time is { } at ? Instant.Of(at) : null, value, Quality.Good, null, null));
        }
    }
}
