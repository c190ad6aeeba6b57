using Jingwei.Server.Access;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Who delivered a message and in which form: what it takes to judge again what was rejected of it.</summary>
/// <param name="Publisher">Id of the user, token or thing; his rights are looked up anew when he is judged again.</param>
/// <param name="Precision">What bare times of line protocol count, as in its `precision`; null: the message is JSON.</param>
public sealed record Origin(CallerKind Kind, string Publisher, string? Precision)
{
    public static Origin Of(Caller caller, string? precision = null) => new(caller.Kind, caller.Id, precision);
}

/// <summary>A reject that a batch judges again: it leaves the rejects with the batch's commit.</summary>
/// <param name="Id">Its number among the rejects.</param>
/// <param name="Reason">What it was counted under.</param>
public readonly record struct ReplayedReject(long Id, string Reason);
