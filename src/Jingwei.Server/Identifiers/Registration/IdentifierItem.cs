using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>An identifier in a list of its owner's.</summary>
/// <param name="Template">The template that it keeps to; null for none.</param>
/// <param name="Values">How many it has.</param>
public sealed record IdentifierItem(
    string Handle, long Version, DateTimeOffset At, string By, string ByName, string? Template, int Values);

/// <summary>A value as its owner sees it.</summary>
/// <param name="Data">As the Handle proxy has it: `{"format", "value"}`.</param>
/// <param name="Read">`public`, `owner`, or who may read it.</param>
public sealed record ValueItem(int Index, string Type, JsonElement Data, long Ttl, DateTimeOffset Timestamp, JsonNode Read);

/// <summary>A value that was erased, and of which the ledger keeps the commitment.</summary>
public sealed record ErasedValueItem(long Index, DateTimeOffset At, string By, string ByName, string Reason);

/// <summary>An identifier as its owner sees it.</summary>
/// <param name="Sequence">Of the write in this node; the ledger has them in this order.</param>
public sealed record IdentifierDetail(
    string Handle, string Party, long Version, long Sequence, DateTimeOffset At, string By, string ByName, string? Template, bool Deleted,
    IReadOnlyList<ValueItem> Values, IReadOnlyList<ErasedValueItem> Erased);
