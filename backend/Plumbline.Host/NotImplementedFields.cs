namespace Plumbline.Host;

/// <summary>The fields of the schema that answer NOT_IMPLEMENTED. Whoever binds one removes its line.</summary>
internal static class NotImplementedFields
{
    public static string[] All { get; } =
    [
        "Mutation.deleteSsoConnection",
        "Mutation.saveSsoConnection",
        "Organization.ssoConnections",
    ];
}
