namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>What master data say of the things that events name (EPCIS 2.0, 6.5), for the parameters that ask for it: WD_, HASATTR_ and EQATTR_.</summary>
/// <param name="IsDescendant">Whether the second place lies in the first, at any depth; not the place itself.</param>
/// <param name="ValuesOf">The values that a thing's attribute has: one where one party tells of it, several where several do. The attribute is named as in <see cref="VocabularyElement.Attributes"/>.</param>
public sealed record MasterDataLookup(Func<string, string, bool> IsDescendant, Func<string, string, IEnumerable<string>> ValuesOf);
