namespace Plumbline.GraphQL.Language;

/// <summary>What each byte begins, in one look-up: a punctuator's <see cref="TokenKind"/> or one of the classes below.</summary>
internal static class ByteClasses
{
    public const byte Ignored = 100;
    public const byte NameStart = 101;
    public const byte Digit = 102;
    public const byte Other = 103;

    public static readonly byte[] Of = Build();

    private static byte[] Build()
    {
        var classes = new byte[256];
        Array.Fill(classes, Other);
        foreach (var b in " \t\r\n,"u8) classes[b] = Ignored;
        foreach (var b in "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8) classes[b] = NameStart;
        foreach (var b in "-0123456789"u8) classes[b] = Digit;
        var punctuators = "!$&()"u8;
        for (var i = 0; i < punctuators.Length; i++) classes[punctuators[i]] = (byte)((int)TokenKind.Bang + i);
        punctuators = ":=@[]{|}"u8;
        for (var i = 0; i < punctuators.Length; i++) classes[punctuators[i]] = (byte)((int)TokenKind.Colon + i);
        return classes;
    }
}
