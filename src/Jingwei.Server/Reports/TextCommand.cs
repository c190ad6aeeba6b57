using System.CommandLine;
using System.Text.Json;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports;

/// <summary>The command line's verb "text": the models of Chinese text, without a server.</summary>
public static class TextCommand
{
    /// <summary>Everything was done.</summary>
    public const int Fine = 0;

    /// <summary>Some lines could not be read, or a figure fell below its floor; the rest was done.</summary>
    public const int Faults = 1;

    /// <summary>A folder or a model is missing or cannot be used.</summary>
    public const int Unusable = 2;

    /// <summary>"text" with its sub-commands; exit codes are those of this class.</summary>
    public static Command Create() => new("text", "Chinese text: structures reports, labels entities, compares and routes reports; trains and measures the models that do.")
    {
        ParseVerb.Create(), EntitiesVerb.Create(), PairsVerb.Create(), RouteVerb.Create(), TrainVerb.Create(), EvalVerb.Create(),
    };

    /// <summary>The folder of models that a verb reads.</summary>
    internal static Option<string> Models() => new("--models")
    {
        Description = "Folder of trained models; by default those that come with the program.",
        DefaultValueFactory = _ => ModelFolder.Shipped,
    };

    /// <summary>A member that may be left out; null too where it is no string.</summary>
    internal static string? Optional(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Runs a verb; a missing folder and an unusable model are said in one line, not thrown.</summary>
    internal static int Guard(TextWriter error, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception unusable) when (unusable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            error.WriteLine(unusable.Message);
            return Unusable;
        }
    }
}
