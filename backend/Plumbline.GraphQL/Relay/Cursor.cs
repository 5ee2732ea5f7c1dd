using System.Buffers.Text;
using System.Text;

namespace Plumbline.GraphQL.Relay;

/// <summary>Opaque positions in a list.</summary>
public static class Cursor
{
    /// <summary>A position as an opaque text.</summary>
    public static string Encode(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    /// <summary>The position of a cursor that <see cref="Encode"/> made.</summary>
    /// <exception cref="GraphQLException">BAD_USER_INPUT when it is no such cursor.</exception>
    public static string Decode(string cursor)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception notOurs) when (notOurs is FormatException or ArgumentException)
        {
            throw Unknown();
        }
    }

    /// <summary>The error for a cursor that fits no list.</summary>
    public static GraphQLException Unknown() => new(ErrorCodes.BadUserInput, "after is not a cursor of this list; take one from pageInfo or start without it.");
}
