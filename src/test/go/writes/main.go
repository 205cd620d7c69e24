// Sends writes of zeros with Go's own HTTP client, as Prometheus does, and prints one line for each: its status, or the
// error. Usage: writes URL CA-FILE USER PASSWORD CONNECTIONS WRITES BYTES
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

type zeros struct{}

func (zeros) Read(to []byte) (int, error) {
	clear(to)
	return len(to), nil
}

func main() {
	url, caFile, user, password := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	connections, writes, bytes := number(os.Args[5]), number(os.Args[6]), number(os.Args[7])
	pem, err := os.ReadFile(caFile)
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	var lines sync.Mutex
	var all sync.WaitGroup
	for range make([]struct{}, connections) {
		all.Add(1)
		go func() {
			defer all.Done()
			client := &http.Client{
				Timeout:   30 * time.Second,
				Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: "localhost"}},
			}
			for range make([]struct{}, writes) {
				line := write(client, url, user, password, int64(bytes))
				lines.Lock()
				fmt.Println(line)
				lines.Unlock()
			}
		}()
	}
	all.Wait()
}

func write(client *http.Client, url, user, password string, bytes int64) string {
	request, err := http.NewRequest(http.MethodPost, url, io.LimitReader(zeros{}, bytes))
	if err != nil {
		panic(err)
	}
	request.ContentLength = bytes
	request.SetBasicAuth(user, password)
	request.Header.Set("Content-Type", "application/x-protobuf")
	request.Header.Set("Content-Encoding", "snappy")
	response, err := client.Do(request)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	if _, err = io.Copy(io.Discard, response.Body); err != nil {
		return err.Error()
	}
	return strconv.Itoa(response.StatusCode)
}

func number(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return number
}
