using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Reports.Warnings;

/// <summary>A warning to the public, of our own or of another issuer.</summary>
/// <param name="Id">CAP identifier, sender and sent: what others refer to it by (CAP 1.2, 3.2.1).</param>
/// <param name="Own">We issued it.</param>
/// <param name="Regions">Where it is in force.</param>
/// <param name="From">Microseconds since 1970.</param>
/// <param name="To">When it expires, or was cancelled or replaced.</param>
/// <param name="Cancels">It only takes others back, and warns of nothing.</param>
internal sealed record Warning(
    long Seq, string Id, string Sender, string SenderName, string Event, string Headline, string Description, string Instruction, Band Band, ImmutableArray<string> Regions, string Areas,
    long Sent, long From, long To, bool Own, bool Exercise, string? Party, bool Cancels)
{
    public bool IsInForce(long at) => From <= at && at < To;
}
