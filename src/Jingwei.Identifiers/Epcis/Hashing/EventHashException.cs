namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>An event that has no hash, since the text that it would be of is too long.</summary>
public sealed class EventHashException(string message) : Exception(message);
