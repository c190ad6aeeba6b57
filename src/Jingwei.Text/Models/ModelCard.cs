using System.Text.Encodings.Web;
using System.Text.Json;

namespace Jingwei.Text.Models;

/// <summary>What a model file is, what it was made from and how well it was found to do; lies beside it as JSON.</summary>
public sealed record ModelCard
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Name of the model file.</summary>
    public required string Model { get; init; }

    /// <summary>Version of the file's format.</summary>
    public int Format { get; init; } = ModelFile.Version;

    /// <summary>SHA-256 of the model file, in hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What it is for.</summary>
    public required string Task { get; init; }

    /// <summary>What it was made from, with licences.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>How it was made.</summary>
    public required string Method { get; init; }

    /// <summary>The command that makes it.</summary>
    public required string Command { get; init; }

    /// <summary>How the figures were measured; null where none were.</summary>
    public string? Measured { get; init; }

    /// <summary>The figures, by name.</summary>
    public IReadOnlyDictionary<string, double>? Figures { get; init; }

    /// <summary>What it is not good for.</summary>
    public required string Limits { get; init; }

    /// <summary>Writes the card beside its model.</summary>
    /// <param name="folder">The folder of the model.</param>
    public void Write(string folder)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, Model))));
        File.WriteAllText(
            Path.Combine(folder, Path.ChangeExtension(Model, ".card.json")),
            JsonSerializer.Serialize(this with { Sha256 = hash }, Json) + "\n");
    }
}
