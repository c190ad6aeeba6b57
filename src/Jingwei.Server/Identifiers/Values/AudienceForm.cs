using System.Collections.Immutable;
using System.Text.Json;
using Jingwei.Server.Access;

namespace Jingwei.Server.Identifiers.Values;

/// <summary>Audiences as people write them.</summary>
internal static class AudienceForm
{
    public static string Expected { get; } =
        $"\"read\" is \"public\", \"owner\", or {{\"parties\", \"roles\", \"purposes\"}} with at most {Audience.Most} each; roles are {string.Join(", ", Enum.GetNames<Role>()).ToLowerInvariant()}.";

    /// <summary>Reads an audience; null where it is none.</summary>
    public static Audience? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Any(member => member.Name is not ("parties" or "roles" or "purposes")))
        {
            return null;
        }

        var (parties, roles, purposes) = (Texts(json, "parties"), Texts(json, "roles"), Texts(json, "purposes"));
        if (parties is not { } named || roles is not { } held || purposes is not { } said ||
            named.Any(party => Ids.Fault(party) is not null) || said.Any(purpose => purpose.Length is 0 or > Audience.PurposeCharacters))
        {
            return null;
        }

        var known = held.Select(Words.Of<Role>).ToImmutableArray();
        return known.All(role => role is { } each && Enum.IsDefined(each)) ? new(named, [.. known.Select(role => role!.Value)], said) : null;
    }

    private static ImmutableArray<string>? Texts(JsonElement json, string member)
    {
        if (!json.TryGetProperty(member, out var list))
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= Audience.Most &&
            list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : null;
    }
}
