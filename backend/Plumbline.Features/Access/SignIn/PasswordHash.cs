using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Plumbline.Features.Access.SignIn;

/// <summary>A password's hash in the form of ASP.NET Core Identity, version 3: PBKDF2 with the function, the iterations and the salt that stand in it. Read so
/// that hashes with one salt are checked in one computation, which takes as long as a single one.</summary>
internal sealed record PasswordHash(HashAlgorithmName Function, int Iterations, byte[] Salt, byte[] Key)
{
    private const byte Version = 1;
    private const int HeaderLength = 13;
    private static readonly HashAlgorithmName[] Functions = [HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512];

    /// <summary>The same for all hashes that one computation checks.</summary>
    public string Computation => $"{Function} {Iterations} {Key.Length} {Convert.ToHexString(Salt)}";

    /// <summary>The hash, or null when it is none.</summary>
    public static PasswordHash? Read(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        if (!Convert.TryFromBase64String(text ?? "", bytes, out var length) || length <= HeaderLength || bytes[0] != Version) return null;
        var (function, iterations, salt) = (Number(bytes, 1), Number(bytes, 5), Number(bytes, 9));
        return function >= Functions.Length || iterations is 0 or > int.MaxValue || salt >= length - HeaderLength
            ? null
            : new(Functions[function], (int)iterations, bytes[HeaderLength..(HeaderLength + (int)salt)], bytes[(HeaderLength + (int)salt)..length]);
    }

    /// <summary>Whether it would be made with less effort than one of today.</summary>
    public bool IsOlderThan(int iterations) => Function != HashAlgorithmName.SHA512 || Iterations < iterations;

    /// <summary>The key of a password by this computation.</summary>
    public byte[] Derive(string password) => Rfc2898DeriveBytes.Pbkdf2(password, Salt, Iterations, Function, Key.Length);

    /// <summary>Another password's hash by the same computation, as text.</summary>
    public string Of(string password)
    {
        var bytes = new byte[HeaderLength + Salt.Length + Key.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), (uint)Array.IndexOf(Functions, Function));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), (uint)Salt.Length);
        Salt.CopyTo(bytes, HeaderLength);
        Derive(password).CopyTo(bytes, HeaderLength + Salt.Length);
        return Convert.ToBase64String(bytes);
    }

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
