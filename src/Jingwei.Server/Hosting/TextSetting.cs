using System.CommandLine;
using System.CommandLine.Parsing;

namespace Jingwei.Server.Hosting;

/// <summary>A text that the operator sets on the command line, or in the environment or file; null where he does not.</summary>
internal sealed class TextSetting
{
    private readonly Option<string?> option;
    private readonly string? set;

    /// <param name="set">What stands in the environment or the file.</param>
    public TextSetting(Command command, string name, string description, string? set)
    {
        option = new(name) { Description = description };
        command.Options.Add(option);
        this.set = string.IsNullOrEmpty(set) ? null : set;
    }

    public string Name => option.Name;

    // A default is no result of the command yet when validators run.
    public string? Of(CommandResult result) => result.GetValue(option) ?? set;
}
