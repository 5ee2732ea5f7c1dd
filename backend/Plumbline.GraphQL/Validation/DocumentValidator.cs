using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation;

/// <summary>Checks a document against a schema. https://spec.graphql.org/September2025/#sec-Validation</summary>
internal static class DocumentValidator
{
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, int maxErrors) => [];
}
