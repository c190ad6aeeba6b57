namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Where the messages of an answer go.</summary>
internal abstract class AnswerSink
{
    /// <summary>Whether an answer may come in several messages: by datagrams clients take the first for all.</summary>
    public abstract bool TakesSeveral { get; }

    /// <param name="message">Envelope and message.</param>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);
}
