using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Jingwei.Server.Identifiers;

namespace Jingwei.Server.Hosting;

/// <summary>The options of the identifier node.</summary>
internal sealed class IdentifiersOnCommandLine
{
    private readonly (Option<bool> Option, bool Set) open;
    private readonly (Option<string?> Option, string? Set) listen;
    private readonly (Option<string?> Option, string? Set) announced;
    private readonly (Option<string?> Option, string? Set) roots;

    public IdentifiersOnCommandLine(Command command, IConfiguration settings)
    {
        open = (
            new("--public-identifiers") { Description = "Let anybody resolve identifiers without signing in; he reads the values that are for everybody." },
            string.Equals(settings["PUBLIC_IDENTIFIERS"], "true", StringComparison.OrdinalIgnoreCase));
        command.Options.Add(open.Option);
        listen = Declare(
            command, "--handle", "Address of the Handle protocol, UDP and TCP, which anybody may ask; 2641 is its registered port, port 0 picks a free one. By default there is none.",
            settings["HANDLE"]);
        announced = Declare(command, "--handle-public", "Address of the Handle protocol that other nodes are told, where it is another one.", settings["HANDLE_PUBLIC"]);
        roots = Declare(
            command, "--handle-roots", "Addresses of the nodes that know foreign prefixes, with commas between them. By default foreign identifiers are not resolved.", settings["HANDLE_ROOTS"]);
        command.Validators.Add(result =>
        {
            foreach (var (setting, many) in new[] { (listen, false), (announced, false), (roots, true) })
            {
                foreach (var text in Parts(Value(result, setting), many))
                {
                    if (!Addresses.TryMqtt(setting.Option.Name, text, out _, out var fault))
                    {
                        result.AddError(fault);
                    }
                }
            }
        });
    }

    public IdentifierOptions Read(CommandResult result) => new()
    {
        PublicValues = result.GetValue(open.Option) || open.Set,
        Node = new(Address(result, listen), Address(result, announced), [.. Parts(Value(result, roots), many: true).Select(text => Parse(roots, text)!)]),
    };

    private static IPEndPoint? Address(CommandResult result, (Option<string?> Option, string? Set) setting) => Value(result, setting) is { } text ? Parse(setting, text) : null;

    private static IPEndPoint? Parse((Option<string?> Option, string? Set) setting, string text) =>
        Addresses.TryMqtt(setting.Option.Name, text, out var address, out _) ? address : null;

    private static string[] Parts(string? text, bool many) =>
        text is null ? [] : many ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text];

    private static string? Value(CommandResult result, (Option<string?> Option, string? Set) setting) => result.GetValue(setting.Option) ?? setting.Set;

    private static (Option<string?> Option, string? Set) Declare(Command command, string name, string description, string? set)
    {
        var option = new Option<string?>(name) { Description = description };
        command.Options.Add(option);
        return (option, string.IsNullOrEmpty(set) ? null : set);
    }
}
