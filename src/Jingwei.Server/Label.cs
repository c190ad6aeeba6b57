namespace Jingwei.Server;

/// <summary>A word that a user sees, in both of the console's languages.</summary>
public sealed record Label(string Zh, string En)
{
    /// <summary>The same text in both languages: names that people gave, not packs.</summary>
    public static Label Of(string text) => new(text, text);
}
