namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>What a request says beyond its Digital Link.</summary>
/// <param name="Accept">The header `Accept`; null when there is none.</param>
/// <param name="AcceptLanguage">The header `Accept-Language`; null when there is none.</param>
public sealed record ResolutionRequest(string? Accept = null, string? AcceptLanguage = null);
