using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Jingwei.Identifiers.Gs1.Epc;
using Jingwei.Server.Identifiers;

namespace Jingwei.Server.Hosting;

/// <summary>Where the identifier node is, and how it speaks the Handle protocol.</summary>
internal sealed class NodeOnCommandLine
{
    private readonly TextSetting publicUrl;
    private readonly TextSetting listen;
    private readonly TextSetting announced;
    private readonly TextSetting roots;
    private readonly TextSetting lengths;

    // The table that was read last: what looks whether it can be used comes before what takes it.
    private (string File, CompanyPrefixTable? Table, string? Fault)? table;

    public NodeOnCommandLine(Command command, IConfiguration settings)
    {
        publicUrl = new(
            command, "--public-url", "What Digital Links and codes of identifiers begin with, such as https://id.example.cn; by default the address that was called.", settings["PUBLIC_URL"]);
        listen = new(
            command, "--handle", "Address of the Handle protocol, UDP and TCP, which anybody may ask; 2641 is its registered port, port 0 picks a free one. By default there is none.",
            settings["HANDLE"]);
        announced = new(command, "--handle-public", "Address of the Handle protocol that other nodes are told, where it is another one.", settings["HANDLE_PUBLIC"]);
        roots = new(
            command, "--handle-roots", "Addresses of the nodes that know foreign prefixes, with commas between them. By default foreign identifiers are not resolved.", settings["HANDLE_ROOTS"]);
        lengths = new(
            command, "--company-prefix-lengths", "File with the lengths of GS1 Company Prefixes, as GS1 publishes it (gcpprefixformatlist.json): events are told with EPC URNs by it. By default those that are registered here are known.",
            settings["COMPANY_PREFIX_LENGTHS"]);
        command.Validators.Add(result =>
        {
            if (lengths.Of(result) is { } file && TableOf(file).Fault is { } tableFault)
            {
                result.AddError($"{lengths.Name}: {tableFault}");
            }

            if (publicUrl.Of(result) is { } stem && !Addresses.IsStem(stem))
            {
                result.AddError($"{publicUrl.Name} takes http:// or https:// with a host, and nothing behind it, not \"{stem}\".");
            }

            foreach (var (setting, many) in new[] { (listen, false), (announced, false), (roots, true) })
            {
                foreach (var text in Parts(setting.Of(result), many))
                {
                    if (!Addresses.TryEndPoint(setting.Name, text, out _, out var fault))
                    {
                        result.AddError(fault);
                    }
                }
            }
        });
    }

    public IdentifierOptions Read(CommandResult result) => new()
    {
        PublicUrl = publicUrl.Of(result),
        Node = new(Address(result, listen), Address(result, announced), [.. Parts(roots.Of(result), many: true).Select(text => Parse(roots, text)!)]),
    };

    /// <summary>How long GS1 Company Prefixes are; null where the operator does not say.</summary>
    public CompanyPrefixTable? ReadLengths(CommandResult result) => lengths.Of(result) is { } file ? TableOf(file).Table : null;

    private (CompanyPrefixTable? Table, string? Fault) TableOf(string file)
    {
        if (table?.File != file)
        {
            var (read, fault) = ReadTable(file);
            table = (file, read, fault);
        }

        return (table.Value.Table, table.Value.Fault);
    }

    private static (CompanyPrefixTable? Table, string? Fault) ReadTable(string file)
    {
        try
        {
            return new FileInfo(file).Length > CompanyPrefixTable.MostBytes
                ? (null, $"The file has more than {CompanyPrefixTable.MostBytes} bytes.")
                : (CompanyPrefixTable.Read(File.ReadAllBytes(file)), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return (null, unreadable.Message);
        }
    }

    private static IPEndPoint? Address(CommandResult result, TextSetting setting) => setting.Of(result) is { } text ? Parse(setting, text) : null;

    private static IPEndPoint? Parse(TextSetting setting, string text) =>
        Addresses.TryEndPoint(setting.Name, text, out var address, out _) ? address : null;

    private static string[] Parts(string? text, bool many) =>
        text is null ? [] : many ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text];
}
