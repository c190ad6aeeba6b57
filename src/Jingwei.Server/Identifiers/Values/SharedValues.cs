using System.Text;
using Jingwei.Server.Access.Agreements;

namespace Jingwei.Server.Identifiers.Values;

/// <summary>Finds what agreements show somebody of identifiers that he may not read otherwise.</summary>
internal sealed class SharedValues(AgreementBook agreements, AgreementRights rights, AgreementUses uses)
{
    // How agreements name GS1 keys, whose identifiers are named as the path of their Digital Link.
    private const string DigitalLinks = "https://id.gs1.org/";

    /// <summary>What is shown of an identifier; null for nothing.</summary>
    /// <param name="party">Whose it is.</param>
    /// <param name="key">Its name, in the form of <see cref="IdentifierName.TryKey"/>.</param>
    public SharedIdentifier? Of(string party, ReadOnlySpan<byte> key, Asker asker)
    {
        if (asker.Caller is not { } caller || agreements.ShownBy(party).Where(each => each.Terms.Values.Length > 0 && rights.IsFor(caller, each)).ToList() is not { Count: > 0 } agreed)
        {
            return null;
        }

        var name = Encoding.UTF8.GetString(key);
        var link = DigitalLinks + name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var showing = agreed.Where(each => each.Terms.ShowsProduct(name) || each.Terms.ShowsProduct(link)).ToList();
        return showing.Count == 0 ? null : new(showing, caller.Actor, uses);
    }
}

/// <summary>What agreements show of an identifier, and what was shown.</summary>
internal sealed class SharedIdentifier(IReadOnlyList<Agreement> agreements, string actor, AgreementUses uses)
{
    private readonly Dictionary<string, int> shown = new(StringComparer.Ordinal);

    /// <summary>Whether values of a type are shown.</summary>
    public bool Shows(ReadOnlySpan<byte> type) => Showing(type).Count > 0;

    /// <summary>Notes that a value was shown.</summary>
    public void Used(ReadOnlySpan<byte> type)
    {
        foreach (var agreement in Showing(type))
        {
            shown[agreement.Id] = shown.GetValueOrDefault(agreement.Id) + 1;
        }
    }

    /// <summary>Writes down what was shown, before it is told.</summary>
    public void NoteUses() => uses.Note(actor, AgreementUseKind.Resolution, shown);

    private List<Agreement> Showing(ReadOnlySpan<byte> type)
    {
        var text = Encoding.UTF8.GetString(type);
        return [.. agreements.Where(each => each.Terms.ShowsValue(text))];
    }
}
