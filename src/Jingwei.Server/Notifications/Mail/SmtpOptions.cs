namespace Jingwei.Server.Notifications.Mail;

/// <summary>The mail server. No record, whose text would show the password.</summary>
/// <param name="host">Its name or address.</param>
/// <param name="tls">TLS from the first byte; otherwise STARTTLS, which is demanded where there is a password.</param>
/// <param name="from">The address that mail comes from.</param>
/// <param name="user">Null: the server asks for no sign-in.</param>
public sealed class SmtpOptions(string host, int port, bool tls, string from, string? user, string? password)
{
    public string Host => host;

    public int Port => port;

    public bool Tls => tls;

    public string From => from;

    public string? User => user;

    internal string? Password => password;
}
