package io.ringgate.cli.migrate;

/**
 * How a Secret is called.
 *
 * @param namespace empty where nothing says it, which fits any
 */
record SecretName(String namespace, String name) {

    /** As an annotation names it, {@code name} or {@code namespace/name}, on an object of this namespace. */
    static SecretName of(String written, String namespace) {
        int slash = written.lastIndexOf('/');
        return new SecretName(
                slash < 0 ? namespace : written.substring(0, slash).strip(),
                written.substring(slash + 1).strip());
    }

    boolean means(SecretName other) {
        return name.equals(other.name)
                && (namespace.isEmpty() || other.namespace.isEmpty() || namespace.equals(other.namespace));
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
