namespace Jingwei.Server.Identifiers.Registration;

/// <summary>Why a row was not registered.</summary>
/// <param name="Code">A stable code.</param>
internal sealed record RowFault(string Code, string Detail)
{
    public static RowFault Json(string detail) => new("bad-json", detail);

    public static RowFault Value(string detail) => new("bad-value", detail);

    public static RowFault Name { get; } = new(
        "bad-identifier",
        $"An identifier is a prefix, a slash and a suffix, at most {IdentifierLimits.NameBytes} bytes in UTF-8 without control characters.");

    public static RowFault Prefix { get; } = new("unknown-prefix", "There is no such prefix below which you may register.");

    public static RowFault Suspended { get; } = new("prefix-suspended", "Nothing is registered below this prefix here: it is suspended, or another node's.");

    public static RowFault Exists { get; } = new("exists", "The identifier is there already.");

    public static RowFault Missing { get; } = new("missing", "There is no such identifier.");

    public static RowFault Stale { get; } = new("stale-version", "Somebody changed this meanwhile.");

    public static RowFault OverQuota { get; } = new("over-quota", "The prefix has as many identifiers as its quota allows.");
}
