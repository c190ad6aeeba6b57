namespace Jingwei.Identifiers.Handle.Client;

/// <summary>No answer was had: nobody answers, or what answers is no answer. A refusal is no exception: see <see cref="Wire.HandleResponse.Code"/>.</summary>
public sealed class HandleException : Exception
{
    public HandleException()
    {
    }

    public HandleException(string message) : base(message)
    {
    }

    public HandleException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
