using System.Text.Json;
using Jingwei.Text.Corpora;

namespace Jingwei.Text.Routing;

/// <summary>Learns routes from labelled messages and from a taxonomy whose names say what belongs where.</summary>
internal sealed class RouteLearning
{
    // A name of the taxonomy says in a few words what a message tells at length. Found by cross-validation among 1 to 5.
    private const double NameCounts = 4;
    private const int Parts = 10;

    private static readonly float[] Sharpnesses = [2, 4, 8, 16, 32];

    private readonly string[] labels;
    private readonly ((uint Key, float Value)[] Vector, int Label, string Id)[] messages;
    private readonly ((uint Key, float Value)[] Vector, int Label, double Counts)[] names;

    /// <param name="vectors">Makes vectors.</param>
    /// <param name="messagesFile">JSON lines with id, title, text, label.</param>
    /// <param name="taxonomyFile">A JSON array of l1 (a label), l2 and l3 (names below it).</param>
    internal RouteLearning(TermVectors vectors, string messagesFile, string taxonomyFile)
    {
        var rows = JsonLines.Read(messagesFile).ToArray();
        labels = [.. rows.Select(row => row.GetProperty("label").GetString()!).Distinct().Order(StringComparer.Ordinal)];
        messages = [.. rows.Select(row => (
            vectors.Of(row.GetProperty("title").GetString() ?? "", row.GetProperty("text").GetString()!),
            Array.IndexOf(labels, row.GetProperty("label").GetString()),
            row.GetProperty("id").GetString()!))];
        using var document = JsonDocument.Parse(File.ReadAllText(taxonomyFile));
        names = [.. document.RootElement.EnumerateArray()
            .Select(row => (Label: Array.IndexOf(labels, Name(row, "l1")), Text: $"{Name(row, "l2")}\n{Name(row, "l3")}\n{Name(row, "l1")}"))
            .Where(row => row.Label >= 0)
            .Select(row => (vectors.Of("", row.Text), row.Label, NameCounts))];
    }

    internal int Count => messages.Length;

    /// <summary>Weights from everything.</summary>
    internal RouteWeights Learn(float sharpness) => Learn(_ => true, sharpness);

    /// <summary>Share of messages whose label is told right by weights that never saw it, and the sharpness whose shares are truest there (least log loss).</summary>
    internal (double Accuracy, float Sharpness) Validate()
    {
        var right = 0;
        var losses = new double[Sharpnesses.Length];
        for (var part = 0; part < Parts; part++)
        {
            var held = part;
            var weights = Learn(id => LabelledText.PartOf(id, Parts) != held, 1);
            foreach (var (vector, label, _) in messages.Where(message => LabelledText.PartOf(message.Id, Parts) == held))
            {
                var shares = weights.Shares(vector);
                right += Array.IndexOf(shares, shares.Max()) == label ? 1 : 0;
                for (var i = 0; i < losses.Length; i++)
                {
                    losses[i] -= Math.Log(Math.Pow(shares[label], Sharpnesses[i]) / shares.Sum(share => Math.Pow(share, Sharpnesses[i])));
                }
            }
        }

        return ((double)right / messages.Length, Sharpnesses[Array.IndexOf(losses, losses.Min())]);
    }

    private static string Name(JsonElement row, string member) => row.GetProperty(member).GetString() ?? "";

    private RouteWeights Learn(Func<string, bool> among, float sharpness) =>
        RouteWeights.Learn(labels, messages.Where(message => among(message.Id)).Select(message => (message.Vector, message.Label, 1.0)).Concat(names), sharpness);
}
