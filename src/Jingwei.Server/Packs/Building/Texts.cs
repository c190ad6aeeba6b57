using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Finds a label by its path in both text files.</summary>
internal sealed class Texts(MapNode zh, MapNode en)
{
    /// <summary>The label there, both languages checked to be present.</summary>
    public Label At(params ReadOnlySpan<string> path) => new(Find(zh, path)!, Find(en, path)!);

    /// <summary>The label of a type's property: its own where there is one, else that of the property id.</summary>
    public Label OfProperty(string type, string id)
    {
        var own = $"{type}.{id}";
        return zh.Map("properties")?[own] is null ? At("properties", id) : At("properties", own);
    }

    public static Label Inline(MapNode? label) => new(label!.Text("zh")!, label.Text("en")!);

    private static string? Find(MapNode? file, ReadOnlySpan<string> path)
    {
        foreach (var step in path[..^1])
        {
            file = file?.Map(step);
        }

        return file?.Text(path[^1]);
    }
}
