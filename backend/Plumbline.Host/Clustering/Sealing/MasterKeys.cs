using System.Security.Cryptography;

namespace Plumbline.Host.Clustering.Sealing;

/// <summary>The keys that the operator holds and the storage never sees. The first seals, all open: to change it,
/// a new one is put before it on all nodes.</summary>
internal sealed class MasterKeys(IReadOnlyList<byte[]> keys)
{
    /// <summary>The one that seals, and what it is known by.</summary>
    public (string Id, byte[] Key) Current => (IdOf(keys[0]), keys[0]);

    public IEnumerable<string> Ids => keys.Select(IdOf);

    /// <summary>The one that sealed something.</summary>
    /// <exception cref="CryptographicException">There is none by that name.</exception>
    public byte[] Find(string id) => keys.FirstOrDefault(key => IdOf(key) == id)
        ?? throw new CryptographicException($"The master key {id} is not among those that are given: add it to --master-keys (PLUMBLINE_MASTER_KEYS).");

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "plumbline master key "u8, .. key]))[..8];
}
