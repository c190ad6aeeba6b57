namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>A warning of a weather bureau.</summary>
/// <param name="At">Minutes since the day's begin.</param>
/// <param name="Colour">blue, yellow, orange or red; none: takes back what it replaces.</param>
/// <param name="Of">The city whose bureau it is.</param>
/// <param name="Regions">Codes of those who are warned.</param>
/// <param name="Replaces">The id of the one before.</param>
/// <param name="Hours">How long it holds.</param>
internal sealed record Bulletin(double At, string Id, string Event, string Colour, string Of, IReadOnlyList<string> Regions, string? Replaces, double Hours, string Text)
{
    public bool IsCancel => Colour == "none";
}
