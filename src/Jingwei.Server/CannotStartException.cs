namespace Jingwei.Server;

/// <summary>The server cannot start, and the message tells the operator why and what to do.</summary>
public sealed class CannotStartException(string message) : Exception(message);
