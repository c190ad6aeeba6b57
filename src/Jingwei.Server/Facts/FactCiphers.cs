using System.Security.Cryptography;
using Dapper;

namespace Jingwei.Server.Facts;

/// <summary>Ciphers of this installation by what they are for, each with a key of its own that was made when it was first asked for.</summary>
internal sealed class FactCiphers
{
    private readonly Database database;

    public FactCiphers(Database database)
    {
        this.database = database;
        database.Migrate("facts.ciphers", "CREATE TABLE fact_cipher (purpose TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID");
    }

    /// <summary>The key for a purpose, of AES-128.</summary>
    public byte[] KeyFor(string purpose)
    {
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO fact_cipher (purpose, key) VALUES (@purpose, randomblob(16)) ON CONFLICT DO NOTHING", new { purpose }, transaction));
        return database.Read(store => store.QuerySingle<byte[]>("SELECT key FROM fact_cipher WHERE purpose = @purpose", new { purpose }));
    }

    /// <summary>A cipher with a key; one is not for several threads.</summary>
    public static Aes With(byte[] key)
    {
        var cipher = Aes.Create();
        cipher.Key = key;
        return cipher;
    }
}
