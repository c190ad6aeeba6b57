using Jingwei.Server.Access;
using Jingwei.Server.Facts.Rest;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>A standing query whose events are posted to an address (EPCIS 2.0, 12.7.1.3).</summary>
/// <param name="Subscriber">Who made it: it tells what he may see at the time.</param>
/// <param name="Dest">Where events are posted.</param>
/// <param name="SignatureToken">Signs what is posted; never told.</param>
/// <param name="Schedule">When it is asked; null: whenever an event was captured.</param>
/// <param name="Format">How EPCs are told.</param>
/// <param name="LastNotified">When the other side last took something.</param>
/// <param name="Position">The number of the last fact that was looked at for it.</param>
/// <param name="Together">Most events of a message; halved where the other side finds it too large.</param>
/// <param name="Due">When it is asked next, at the earliest.</param>
/// <param name="Failures">Attempts that failed since the last that did not.</param>
/// <param name="Fault">Why the last one failed; null where it did not.</param>
internal sealed record Subscription(
    string Id, string Party, string Query, Caller Subscriber, string Dest, string? SignatureToken, bool ReportIfEmpty, QuerySchedule? Schedule, EpcFormat Format,
    DateTimeOffset? InitialRecordTime, DateTimeOffset Created, DateTimeOffset? LastNotified, ulong Position, int Together, DateTimeOffset Due, int Failures, string? Fault);
