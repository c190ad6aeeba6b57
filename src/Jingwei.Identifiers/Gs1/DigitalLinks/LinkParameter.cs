namespace Jingwei.Identifiers.Gs1.DigitalLinks;

/// <summary>A parameter of a Digital Link's query that is no element, as `linkType=gs1:pip`.</summary>
/// <param name="Name">Its name, decoded.</param>
/// <param name="Value">Its value, decoded; null when there is no `=`.</param>
public readonly record struct LinkParameter(string Name, string? Value);
