using System.Text;
using Jingwei.Server.Access;

namespace Jingwei.Server.Devices;

/// <summary>The id of the thing that another platform knows by a name of its own, which may hold blanks and whatever else.</summary>
public static class ForeignId
{
    private const char Instead = '-';

    /// <summary>The name, with a hyphen for each character that no id holds: "Press 7" is the thing "Press-7". A name that is an id stays as it is.</summary>
    public static string Of(string name)
    {
        if (Ids.Fault(name) is null)
        {
            return name;
        }

        var id = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var text = rune.ToString();
            // By itself a dot is no id, within one it is.
            id.Append(text == "." || Ids.Fault(text) is null ? text : Instead);
        }

        return id.ToString();
    }
}
