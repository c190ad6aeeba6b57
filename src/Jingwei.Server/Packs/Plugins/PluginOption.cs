using System.CommandLine;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>The option --plugins: allow or deny.</summary>
internal static class PluginOption
{
    public const string Name = "--plugins";
    public const string Description = "Whether plug-ins of packs are loaded: allow or deny. A plug-in may do all that this program may.";

    private const string Allow = "allow";

    /// <summary>What it takes.</summary>
    public static string[] Values { get; } = [Allow, Deny];

    /// <summary>What holds where it is not given.</summary>
    public const string Deny = "deny";

    public static Option<string> Create()
    {
        var option = new Option<string>(Name) { Description = Description, DefaultValueFactory = _ => Deny };
        option.AcceptOnlyFromAmong(Values);
        return option;
    }

    public static bool IsAllowed(string? value) => value == Allow;

    public static PluginUse Use(string? value) => IsAllowed(value) ? PluginUse.Allowed : PluginUse.Denied;
}
