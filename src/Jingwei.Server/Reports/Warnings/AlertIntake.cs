using Jingwei.Civic.Cap;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Warnings;

/// <summary>What came of an alert that was sent.</summary>
/// <param name="Warning">The warning; null where it makes none.</param>
/// <param name="Duplicate">It came before.</param>
/// <param name="Fault">Why it makes no warning.</param>
internal sealed record AlertOutcome(Warning? Warning, bool Duplicate, string? Fault, CapReading Reading);

/// <summary>Takes CAP alerts in, as they come: from feeds, or sent.</summary>
internal sealed class AlertIntake(AlertReading reading, WarningBook warnings, TimeProvider time)
{
    /// <summary>Reads an alert leniently, and keeps it when it warns of something.</summary>
    /// <param name="charset">As the sender said it.</param>
    public AlertOutcome Take(byte[] document, string? charset, string actor) =>
        Take(CapReader.Read(document, new() { IsLenient = true, Charset = charset }), document, actor);

    /// <summary>The same of an alert that was read already.</summary>
    public AlertOutcome Take(CapReading read, byte[] document, string actor)
    {
        if (read.Alert is not { } alert)
        {
            return new(null, false, read.Problems.Count > 0 ? read.Problems[0].ToString() : "The document is no alert.", read);
        }

        var receivedAt = Instant.Of(time.GetUtcNow());
        var (meaning, fault) = reading.Read(alert, receivedAt, own: false, party: null);
        if (meaning is null)
        {
            return new(null, false, fault, read);
        }

        var added = warnings.Add(meaning.Warning, meaning.Ended, meaning.Cancels, actor, receivedAt, document);
        return new(added, added is null, null, read);
    }
}
