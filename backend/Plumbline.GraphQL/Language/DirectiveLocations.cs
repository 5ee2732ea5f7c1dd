namespace Plumbline.GraphQL.Language;

/// <summary>https://spec.graphql.org/September2025/#DirectiveLocations</summary>
internal static class DirectiveLocations
{
    public static readonly string[] All =
    [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION",
        "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT",
        "INPUT_FIELD_DEFINITION",
    ];

    public static bool IsKnown(string name) => Array.IndexOf(All, name) >= 0;
}
