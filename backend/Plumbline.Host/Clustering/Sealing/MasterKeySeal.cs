using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Plumbline.Host.Clustering.Sealing;

/// <summary>A key as it is stored: encrypted by AES-GCM under a master key, whose name stands beside it and is authenticated with it.</summary>
internal static class MasterKeySeal
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static XElement Seal(XElement plain, MasterKeys keys)
    {
        var (id, key) = keys.Current;
        var text = Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting));
        var box = new byte[NonceLength + TagLength + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(
            box.AsSpan(0, NonceLength), text, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), Encoding.ASCII.GetBytes(id));
        CryptographicOperations.ZeroMemory(text);
        return new XElement("sealed", new XAttribute("master", id), Convert.ToBase64String(box));
    }

    /// <summary>What was sealed.</summary>
    /// <exception cref="CryptographicException">The master key is missing, or what was sealed has been changed.</exception>
    public static XElement Open(XElement stored, MasterKeys keys)
    {
        var id = stored.Attribute("master")?.Value ?? throw new CryptographicException("A key in the storage does not say which master key sealed it.");
        var box = Convert.FromBase64String(stored.Value);
        if (box.Length < NonceLength + TagLength) throw new CryptographicException("A key in the storage is cut short.");
        var text = new byte[box.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(keys.Find(id), TagLength);
        cipher.Decrypt(
            box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), text, Encoding.ASCII.GetBytes(id));
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }
}

/// <summary>Seals keys before they are stored.</summary>
internal sealed class MasterKeyEncryptor(MasterKeys keys) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(MasterKeySeal.Seal(plaintextElement, keys), typeof(MasterKeyDecryptor));
}

/// <summary>Opens stored keys. The name of the class is stored with them.</summary>
internal sealed class MasterKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => MasterKeySeal.Open(encryptedElement, services.GetRequiredService<MasterKeys>());
}
