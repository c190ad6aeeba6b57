namespace Jingwei.Server.Devices;

/// <summary>A topic of the platform's own, `jw/{thing}/{verb}[/{rest}]`; also reads filters, whose parts may be wildcards.</summary>
public readonly record struct Topic(string Thing, string Verb, string? Rest)
{
    public const string Prefix = "jw/";
    public const string Readings = "readings";
    public const string Commands = "commands";
    public const string Replies = "replies";
    public const string Desired = "desired";

    public static Topic? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = text[Prefix.Length..].Split('/', 3);
        return new(parts[0], parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? parts[2] : null);
    }

    public static string ForReadings(string thing) => $"{Prefix}{thing}/{Readings}";

    public static string ForDesired(string thing) => $"{Prefix}{thing}/{Desired}";

    public static string ForCommand(string thing, string id) => $"{Prefix}{thing}/{Commands}/{id}";
}
