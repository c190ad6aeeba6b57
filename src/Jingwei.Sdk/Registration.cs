namespace Jingwei.Sdk;

/// <summary>
/// Where a plug-in declares what it has. Names are as those of properties: a lower-case letter, then letters, digits and underscores; each is declared once.
/// </summary>
/// <remarks>
/// A function is called with the same arguments from any thread, at any time and any number of times: it must be quick, keep no state, and give the same result for
/// the same arguments. Parameters and results are <see cref="double"/>, <see cref="long"/>, <see cref="bool"/> or <see cref="string"/>. An exception is no value: a
/// rule is passed over, an indicator is not defined.
/// </remarks>
public abstract class Registration
{
    /// <summary>A function of one argument for the expressions of the pack.</summary>
    /// <param name="name">As expressions call it.</param>
    /// <param name="documentation">One sentence for who writes expressions.</param>
    /// <param name="body">What it does.</param>
    public abstract void Function<T, TResult>(string name, string documentation, Func<T, TResult> body);

    /// <summary>A function of two arguments.</summary>
    /// <inheritdoc cref="Function{T, TResult}"/>
    public abstract void Function<T1, T2, TResult>(string name, string documentation, Func<T1, T2, TResult> body);

    /// <summary>A function of three arguments.</summary>
    /// <inheritdoc cref="Function{T, TResult}"/>
    public abstract void Function<T1, T2, T3, TResult>(string name, string documentation, Func<T1, T2, T3, TResult> body);

    /// <summary>A function of four arguments.</summary>
    /// <inheritdoc cref="Function{T, TResult}"/>
    public abstract void Function<T1, T2, T3, T4, TResult>(string name, string documentation, Func<T1, T2, T3, T4, TResult> body);

    /// <summary>A decoder of messages, which a channel of the pack names.</summary>
    /// <param name="name">As channels name it.</param>
    /// <param name="documentation">One sentence for who writes channels.</param>
    /// <param name="body">What it does.</param>
    public abstract void Decoder(string name, string documentation, PayloadDecoder body);
}
